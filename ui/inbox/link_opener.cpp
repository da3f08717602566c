#include "inbox/link_opener.h"

#include "style/banner.h"
#include "style/console_style.h"
#include "style/elided_label.h"
#include "style/plain_text.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace longcode::inbox {

LinkDialog::LinkDialog(const rules::Link &link, QWidget *parent) : QDialog(parent) {
    setObjectName(QStringLiteral("linkDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setWindowTitle(tr("Open a link"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(22, 20, 22, 18);
    column->setSpacing(10);
    addHost(link);
    addWarnings(link);
    addButtons(link);
    setMinimumWidth(460);
}

void LinkDialog::addText(const QString &text, const char *objectName) {
    auto *label = new QLabel(this);
    label->setObjectName(QLatin1String(objectName));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setText(text);
    layout()->addWidget(label);
}

void LinkDialog::addHost(const rules::Link &link) {
    const bool can = link.url.isValid();
    auto *lead = new style::ElidedLabel(style::TextSize::Small, style::TextTone::Muted, this);
    lead->setText(can ? tr("This link leads to") : tr("This is not a web address that can be opened"));
    layout()->addWidget(lead);
    auto *host = new style::ElidedLabel(this);
    host->setObjectName(QStringLiteral("linkHost"));
    host->setTextSize(style::TextSize::Title, style::TextWeight::Strong);
    host->setElideMode(Qt::ElideLeft); // the end of a host says whose it is
    host->setText(style::singleLine(can ? link.host : link.written));
    layout()->addWidget(host);
    if (can && link.asciiHost != link.host)
        addText(tr("In letters that cannot be mistaken: %1").arg(link.asciiHost), "linkAsciiHost");
    if (can)
        addText(style::singleLine(link.url.toString(QUrl::FullyEncoded)), "linkUrl");
}

void LinkDialog::addWarnings(const rules::Link &link) {
    for (const rules::LinkWarning &warning : link.warnings) {
        auto *banner = new style::Banner(style::BannerTone::Warn, this);
        banner->setObjectName(QStringLiteral("linkWarning"));
        banner->setText(style::displayLine(rules::sentence(warning, link)));
        layout()->addWidget(banner);
    }
    if (!link.warnings.isEmpty() || !link.url.isValid())
        return;
    m_always = new QCheckBox(tr("Do not ask again for this host until Longcode is closed"), this);
    m_always->setObjectName(QStringLiteral("linkAlways"));
    layout()->addWidget(m_always);
}

void LinkDialog::addButtons(const rules::Link &link) {
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 8, 0, 0);
    auto *copy = new QPushButton(tr("Copy link"), this);
    copy->setObjectName(QStringLiteral("linkCopy"));
    style::setButtonKind(copy, style::ButtonKind::Quiet);
    const QString address = link.url.isValid() ? link.url.toString(QUrl::FullyEncoded) : link.written;
    connect(copy, &QPushButton::clicked, this, [address] { QGuiApplication::clipboard()->setText(address); });
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("linkCancel"));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    row->addWidget(copy);
    row->addStretch(1);
    row->addWidget(cancel);
    if (link.url.isValid()) {
        const bool odd = !link.warnings.isEmpty();
        auto *open = new QPushButton(odd ? tr("Open all the same") : tr("Open"), this);
        open->setObjectName(QStringLiteral("linkOpen"));
        style::setButtonKind(open, odd ? style::ButtonKind::Danger : style::ButtonKind::Primary);
        connect(open, &QPushButton::clicked, this, [this] {
            Q_EMIT openChosen(m_always && m_always->isChecked());
            accept();
        });
        row->addWidget(open);
        (odd ? cancel : open)->setDefault(true);
        (odd ? cancel : open)->setFocus();
    }
    static_cast<QVBoxLayout *>(layout())->addLayout(row);
}

LinkOpener::LinkOpener(QObject *parent)
    : QObject(parent), m_open([](const QUrl &url) { QDesktopServices::openUrl(url); }) {}

void LinkOpener::ask(const rules::Link &link, QWidget *parent) {
    if (link.url.isValid() && link.warnings.isEmpty() && m_trusted.contains(link.asciiHost)) {
        m_open(link.url);
        return;
    }
    auto *dialog = new LinkDialog(link, parent);
    connect(dialog, &LinkDialog::openChosen, this, [this, link](bool always) {
        if (always)
            m_trusted.insert(link.asciiHost);
        m_open(link.url);
    });
    dialog->open();
}

} // namespace longcode::inbox
