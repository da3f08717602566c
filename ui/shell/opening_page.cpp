#include "shell/opening_page.h"

#include "settings/page_parts.h"
#include "style/console_style.h"
#include "style/plain_text.h"
#include "style/theme.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace longcode::shell {

namespace {

constexpr int columnWidth = 460;
constexpr int buttonSide = 14;

} // namespace

OpeningPage::OpeningPage(QWidget *parent)
    : QWidget(parent)
    , m_what(settings::heading({}, this))
    , m_remedy(settings::mutedText({}, this))
    , m_busy(new QProgressBar(this))
    , m_retry(new QPushButton(tr("&Try again"), this))
    , m_setUp(new QPushButton(tr("&Set up again"), this))
    , m_restore(new QPushButton(this)) {
    setObjectName(QStringLiteral("openingPage"));
    m_what->setObjectName(QStringLiteral("openingWhat"));
    m_remedy->setObjectName(QStringLiteral("openingRemedy"));
    m_busy->setObjectName(QStringLiteral("openingBusy"));
    m_busy->setAccessibleName(tr("Opening"));
    m_retry->setObjectName(QStringLiteral("retryButton"));
    m_setUp->setObjectName(QStringLiteral("setUpButton"));
    m_restore->setObjectName(QStringLiteral("restoreBackupButton"));
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    auto *middle = new QWidget(this);
    middle->setFixedWidth(columnWidth);
    auto *column = new QVBoxLayout(middle);
    column->setSpacing(10);
    for (QLabel *label : {m_what, m_remedy}) {
        label->setAlignment(Qt::AlignCenter);
        column->addWidget(label);
    }
    column->addWidget(m_busy);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_setUp);
    buttons->addWidget(m_retry);
    buttons->addStretch(1);
    column->addSpacing(8);
    column->addWidget(m_restore, 0, Qt::AlignHCenter);
    column->addLayout(buttons);
    // Between stretches, not aligned: an aligned widget is not asked for its height at its width.
    auto *centred = new QHBoxLayout;
    centred->addStretch(1);
    centred->addWidget(middle);
    centred->addStretch(1);
    auto *page = new QVBoxLayout(this);
    page->addStretch(2);
    page->addLayout(centred);
    page->addStretch(3);
    connect(m_retry, &QPushButton::clicked, this, &OpeningPage::retryRequested);
    connect(m_setUp, &QPushButton::clicked, this, &OpeningPage::setUpRequested);
    connect(m_restore, &QPushButton::clicked, this, &OpeningPage::askAboutBackup);
    showBusy({});
}

void OpeningPage::showBusy(const QString &what) {
    m_what->setText(what);
    m_remedy->clear();
    m_busy->show();
    m_retry->hide();
    m_setUp->hide();
    m_restore->hide();
}

void OpeningPage::showFailure(const Failure &failure, const std::optional<StoreBackup> &backup) {
    m_what->setText(failure.what);
    m_remedy->setText(failure.remedy);
    m_busy->hide();
    m_retry->show();
    m_setUp->show();
    m_backup = backup.value_or(StoreBackup());
    m_restore->setVisible(backup.has_value());
    // One button is the way on.
    style::setButtonKind(m_retry, backup ? style::ButtonKind::Plain : style::ButtonKind::Primary);
    style::setButtonKind(m_restore, style::ButtonKind::Primary);
    if (backup) {
        m_restore->setText(tr("&Put back the backup of %1…")
                               .arg(QLocale().toString(backup->at.toLocalTime(), QLocale::ShortFormat)));
        // Its words are painted strong, which its own size hint does not know.
        const QFont strong = style::textFont(font(), style::TextSize::Body, style::TextWeight::Strong);
        m_restore->setMinimumWidth(QFontMetrics(strong).horizontalAdvance(m_restore->text()) +
                                   2 * buttonSide);
        m_restore->setFocus();
    } else {
        m_retry->setFocus();
    }
}

void OpeningPage::askAboutBackup() {
    auto *question = new QMessageBox(this);
    question->setObjectName(QStringLiteral("restoreQuestion"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setWindowTitle(tr("Put back a backup"));
    question->setText(tr("Put back the backup of %1?")
                          .arg(QLocale().toString(m_backup.at.toLocalTime(), QLocale::LongFormat)));
    question->setInformativeText(tr(
        "What was written since then is not in it: notes, drafts, contacts and the marks of conversations. "
        "Texts that came in later are fetched from the relay as far as it keeps them. The damaged file is "
        "moved aside, not deleted."));
    QPushButton *yes = question->addButton(tr("&Put it back"), QMessageBox::AcceptRole);
    yes->setObjectName(QStringLiteral("confirmRestoreButton"));
    QPushButton *no = question->addButton(QMessageBox::Cancel);
    question->setDefaultButton(no);
    style::showAsPlainText(*question);
    connect(yes, &QPushButton::clicked, this, [this] { Q_EMIT restoreRequested(m_backup.path); });
    question->open();
}

} // namespace longcode::shell
