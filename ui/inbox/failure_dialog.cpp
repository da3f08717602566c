#include "inbox/failure_dialog.h"

#include "style/console_style.h"
#include "style/elided_label.h"
#include "style/plain_text.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace longcode::inbox {

FailureDialog::FailureDialog(const desk::Message &message, QWidget *parent)
    : QDialog(parent), m_message(message) {
    setObjectName(QStringLiteral("failureDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    const bool rejected = message.state == desk::MessageState::Rejected;
    setWindowTitle(rejected ? tr("Why this was not sent") : tr("Why this was not delivered"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(22, 20, 22, 18);
    column->setSpacing(4);
    const desk::MessageFailure failure = message.failure.value_or(desk::MessageFailure{});
    addParagraph(tr("What the server said"), failure.what.isEmpty() ? tr("It gave no reason.") : failure.what,
                 "failureWhat");
    addParagraph(tr("Code"), failure.code, "failureCode");
    addParagraph(tr("The usual cause"), failure.cause, "failureCause");
    addParagraph(tr("What to do"), failure.action, "failureAction");
    column->addStretch(1);
    addButtons();
    setMinimumWidth(460);
}

void FailureDialog::addParagraph(const QString &heading, const QString &foreign, const char *objectName) {
    if (foreign.isEmpty())
        return;
    auto *title = new style::ElidedLabel(style::TextSize::Tiny, style::TextTone::Muted, this);
    title->setTextSize(style::TextSize::Tiny, style::TextWeight::Strong);
    title->setText(heading);
    auto *text = new QLabel(this);
    text->setObjectName(QLatin1String(objectName));
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text->setText(style::singleLine(foreign));
    text->setContentsMargins(0, 0, 0, 10);
    layout()->addWidget(title);
    layout()->addWidget(text);
}

void FailureDialog::addButtons() {
    auto *row = new QHBoxLayout;
    auto *copy = new QPushButton(tr("Copy details"), this);
    copy->setObjectName(QStringLiteral("copyFailure"));
    style::setButtonKind(copy, style::ButtonKind::Quiet);
    connect(copy, &QPushButton::clicked, this, &FailureDialog::copyDetails);
    auto *close = new QPushButton(tr("Close"), this);
    close->setObjectName(QStringLiteral("closeFailure"));
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    auto *resend = new QPushButton(tr("Edit and resend"), this);
    resend->setObjectName(QStringLiteral("resendFailure"));
    style::setButtonKind(resend, style::ButtonKind::Primary);
    resend->setDefault(true);
    connect(resend, &QPushButton::clicked, this, [this] {
        Q_EMIT editAndResendRequested(m_message);
        accept();
    });
    row->addWidget(copy);
    row->addStretch(1);
    row->addWidget(close);
    row->addWidget(resend);
    static_cast<QVBoxLayout *>(layout())->addLayout(row);
}

void FailureDialog::copyDetails() {
    const desk::MessageFailure failure = m_message.failure.value_or(desk::MessageFailure{});
    QStringList lines;
    for (const QString &line : {failure.what, failure.code, failure.cause, failure.action}) {
        if (!line.isEmpty())
            lines << line;
    }
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

} // namespace longcode::inbox
