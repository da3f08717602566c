#include "health/ask_row.h"

#include "base/when_finished.h"
#include "settings/page_parts.h"
#include "style/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace longcode::health {

AskRow::AskRow(const QString &text, const QString &name, QWidget *parent)
    : QWidget(parent), m_button(new QPushButton(text, this)), m_result(settings::wrappedText({}, this)) {
    m_button->setObjectName(name + QStringLiteral("Button"));
    m_result->setObjectName(name + QStringLiteral("Result"));
    m_result->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_result->hide();
    auto *row = new QHBoxLayout;
    row->addWidget(m_button);
    row->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addLayout(row);
    column->addWidget(m_result);
    connect(m_button, &QPushButton::clicked, this, &AskRow::asked);
}

QPushButton *AskRow::addButton(const QString &text, const QString &name) {
    auto *button = new QPushButton(text, this);
    button->setObjectName(name);
    auto *row = static_cast<QHBoxLayout *>(layout()->itemAt(0)->layout());
    row->insertWidget(row->count() - 1, button);
    return button;
}

void AskRow::run(const QFuture<Result<QString, Failure>> &future, const QString &meanwhile) {
    m_button->setEnabled(false);
    show(meanwhile, Tone::Quiet);
    whenFinished(future, this, [this](const Result<QString, Failure> &answer) {
        m_button->setEnabled(true);
        if (answer)
            show(*answer, Tone::Good);
        else
            show(settings::inOneLine(answer.error()), Tone::Bad);
        Q_EMIT answered();
    });
}

void AskRow::say(const QString &sentence) {
    show(sentence, Tone::Quiet);
}

void AskRow::show(const QString &sentence, Tone tone) {
    m_tone = tone;
    m_result->setText(sentence);
    m_result->setVisible(!sentence.isEmpty());
    m_button->setAccessibleDescription(sentence);
    colour();
}

void AskRow::changeEvent(QEvent *event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        colour();
}

void AskRow::colour() {
    const style::Tokens &tokens = style::tokensFor(this);
    QPalette palette = m_result->palette();
    palette.setColor(QPalette::WindowText, m_tone == Tone::Bad    ? tokens.danger
                                           : m_tone == Tone::Good ? tokens.accent
                                                                  : tokens.muted);
    m_result->setPalette(palette);
}

} // namespace longcode::health
