#include "inbox/message_dialog.h"

#include "base/when_finished.h"
#include "inbox/conversation_words.h"
#include "inbox/when.h"
#include "style/console_style.h"
#include "style/elided_label.h"
#include "style/flow_layout.h"
#include "style/plain_text.h"
#include "style/theme.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace longcode::inbox {

namespace {

constexpr int widestDialog = 640;
constexpr int heightOfEvents = 96;
constexpr int heightOfBody = 180;

QString whenInFull(const QDateTime &at) {
    return dateAndTime(at);
}

/// A bounded piece of foreign bytes as plain text.
QString asText(const QByteArray &bytes) {
    return style::singleLine(QString::fromUtf8(bytes));
}

} // namespace

QString indented(const QByteArray &json) {
    QByteArray out;
    out.reserve(json.size() * 2);
    int depth = 0;
    bool inString = false;
    bool escaped = false;
    const auto breakLine = [&] { out += '\n' + QByteArray(qBound(0, depth, 64) * 2, ' '); };
    for (const char c : json) {
        if (inString) {
            out += c;
            inString = escaped || c != '"';
            escaped = !escaped && c == '\\';
            continue;
        }
        if (c == '}' || c == ']') {
            --depth;
            breakLine();
        }
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
            out += c;
        inString = c == '"';
        if (c == '{' || c == '[') {
            ++depth;
            breakLine();
        } else if (c == ',') {
            breakLine();
        } else if (c == ':') {
            out += ' ';
        }
    }
    return QString::fromUtf8(out);
}

MessageDialog::MessageDialog(const desk::Message &message, const desk::Conversation &conversation,
                             desk::Diagnoses &diagnoses, QWidget *parent)
    : QDialog(parent)
    , m_message(message)
    , m_conversation(conversation)
    , m_diagnoses(diagnoses)
    , m_diagnosis(diagnoses.diagnose(message.row))
    , m_events(diagnoses.rawEvents(message.row)) {
    setObjectName(QStringLiteral("messageDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setWindowTitle(tr("Details of a message"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(22, 18, 22, 16);
    column->setSpacing(4);
    addState(column);
    addDiagnosis(column);
    addEvents(column);
    addClose(column);
    resize(widestDialog, sizeHint().height());
}

void MessageDialog::addHeading(const QString &heading, QVBoxLayout *column) {
    auto *title = new style::ElidedLabel(style::TextSize::Tiny, style::TextTone::Muted, this);
    title->setTextSize(style::TextSize::Tiny, style::TextWeight::Strong);
    title->setText(heading);
    column->addWidget(title);
}

QLabel *MessageDialog::addParagraph(const QString &text, const char *objectName, QVBoxLayout *column) {
    auto *label = new QLabel(this);
    label->setObjectName(QLatin1String(objectName));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setText(style::displayLine(text));
    label->setContentsMargins(0, 0, 0, 8);
    column->addWidget(label);
    return label;
}

/// One line for each recipient, and the moments that are known.
void MessageDialog::addState(QVBoxLayout *column) {
    const bool inbound = m_message.direction == desk::Direction::Inbound;
    addHeading(inbound ? tr("From") : tr("To"), column);
    const QString number = style::isolated(m_conversation.peer.international());
    const QString who = m_conversation.name.isEmpty()
                            ? number
                            : style::isolated(m_conversation.name) + QStringLiteral(" · ") + number;
    const QString state = m_message.serverStatus.isEmpty() ? desk::stateInWords(m_message.state)
                                                           : style::singleLine(m_message.serverStatus);
    addParagraph(tr("%1: %2", "recipient and what became of it").arg(who, state), "messageRecipient", column);
    QStringList moments{inbound ? tr("Received %1").arg(whenInFull(m_message.at))
                                : tr("Written %1").arg(whenInFull(m_message.at))};
    if (m_message.sendAt.isValid())
        moments << tr("scheduled for %1").arg(whenInFull(m_message.sendAt));
    if (m_message.late)
        moments << tr("arrived late");
    if (m_message.segments > 0)
        moments << (m_message.segments == 1 ? tr("1 segment")
                                            : tr("%n segments", nullptr, m_message.segments));
    addParagraph(moments.join(QStringLiteral(" · ")), "messageMoments", column);
}

void MessageDialog::addDiagnosis(QVBoxLayout *column) {
    if (!m_diagnosis) {
        if (m_message.failure)
            addFailure(*m_message.failure, column);
        return;
    }
    addHeading(m_message.state == desk::MessageState::Rejected ? tr("Why this was not sent")
                                                               : tr("Why this did not arrive"),
               column);
    addParagraph(m_diagnosis->sentence, "diagnosisSentence", column);
    for (const QString &detail : m_diagnosis->details)
        addParagraph(detail, "diagnosisDetail", column);
    if (!m_diagnosis->serverWords.isEmpty() || !m_diagnosis->code.isEmpty()) {
        addHeading(tr("What the server said"), column);
        const QString code = style::singleLine(m_diagnosis->code);
        const QString words = style::singleLine(m_diagnosis->serverWords);
        addParagraph(code.isEmpty() ? words : tr("%1 (code %2)").arg(style::isolated(words), code),
                     "diagnosisServerWords", column);
    }
    m_lookedUp = addParagraph({}, "lookedUp", column);
    m_lookedUp->hide();
    addRemedies(m_diagnosis->remedies, column);
}

/// Where nothing more was found out than what the event carried.
void MessageDialog::addFailure(const desk::MessageFailure &failure, QVBoxLayout *column) {
    addHeading(tr("What the server said"), column);
    const QString what = failure.what.isEmpty() ? tr("It gave no reason.") : failure.what;
    addParagraph(failure.code.isEmpty() ? what : tr("%1 (code %2)").arg(style::isolated(what), failure.code),
                 "failureWhat", column);
    if (!failure.cause.isEmpty())
        addParagraph(failure.cause, "failureCause", column);
    if (!failure.action.isEmpty())
        addParagraph(failure.action, "failureAction", column);
    addRemedies({desk::Remedy::EditAndResend, desk::Remedy::CopyDetails}, column);
}

void MessageDialog::addRemedies(const QList<desk::Remedy> &remedies, QVBoxLayout *column) {
    auto *row = new QWidget(this);
    auto *flow = new style::FlowLayout(8, row);
    flow->setContentsMargins(0, 2, 0, 10);
    bool first = true;
    for (const desk::Remedy remedy : remedies) {
        auto *button = new QPushButton(desk::remedyInWords(remedy), row);
        button->setObjectName(QStringLiteral("remedy%1").arg(int(remedy)));
        style::setButtonKind(button, first ? style::ButtonKind::Primary : style::ButtonKind::Plain);
        button->setDefault(first);
        connect(button, &QPushButton::clicked, this, [this, remedy] { follow(remedy); });
        flow->addWidget(button);
        first = false;
    }
    column->addWidget(row);
}

void MessageDialog::follow(desk::Remedy remedy) {
    if (remedy == desk::Remedy::CopyDetails) {
        QGuiApplication::clipboard()->setText(detailsToCopy());
        return;
    }
    if (remedy == desk::Remedy::LookUp) {
        lookUp();
        return;
    }
    if (const auto action = actionOf(remedy)) {
        Q_EMIT actionChosen(*action);
        accept();
    }
}

void MessageDialog::lookUp() {
    m_lookedUp->setText(tr("Asking Telnyx what became of it…"));
    m_lookedUp->show();
    whenFinished(m_diagnoses.lookUp(m_message.row), this, [this](const Result<QString, Failure> &answer) {
        m_lookedUp->setText(answer ? style::displayLine(*answer) : failureWords(answer.error()));
    });
}

QString MessageDialog::detailsToCopy() const {
    if (m_diagnosis)
        return m_diagnosis->copyText;
    const desk::MessageFailure failure = m_message.failure.value_or(desk::MessageFailure{});
    QStringList lines{failure.what, failure.code, failure.cause, failure.action};
    lines.removeAll(QString());
    return lines.join(QLatin1Char('\n'));
}

void MessageDialog::addEvents(QVBoxLayout *column) {
    addHeading(tr("What happened, as it came"), column);
    if (m_events.isEmpty()) {
        addParagraph(tr("No event of this message has been kept."), "noEvents", column);
        return;
    }
    m_list = new QListWidget(this);
    m_list->setObjectName(QStringLiteral("rawEvents"));
    m_list->setAccessibleName(tr("Events of this message"));
    m_list->setFixedHeight(heightOfEvents);
    for (const desk::RawEvent &event : std::as_const(m_events))
        m_list->addItem(tr("%1 · %2 · %3", "time, type and origin of an event")
                            .arg(whenInFull(event.receivedAt), style::singleLine(event.type),
                                 style::singleLine(event.source)));
    const style::Tokens &tokens = style::tokensFor(this);
    QPalette calm = m_list->palette(); // as chosen rows look elsewhere
    calm.setColor(QPalette::Highlight, tokens.accentSoft);
    calm.setColor(QPalette::HighlightedText, tokens.text);
    m_list->setPalette(calm);
    m_raw = new QPlainTextEdit(this);
    m_raw->setObjectName(QStringLiteral("rawBody"));
    m_raw->setAccessibleName(tr("Headers and body of the event"));
    m_raw->setReadOnly(true);
    m_raw->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_raw->setMinimumHeight(heightOfBody);
    m_raw->setTabChangesFocus(true);
    column->addWidget(m_list);
    column->addSpacing(4);
    column->addWidget(m_raw, 1);
    connect(m_list, &QListWidget::currentRowChanged, this, &MessageDialog::showRawEvent);
    m_list->setCurrentRow(int(m_events.size()) - 1);
}

void MessageDialog::showRawEvent(int number) {
    if (number < 0 || number >= m_events.size())
        return;
    const desk::RawEvent &event = m_events.at(number);
    QStringList lines;
    if (!event.timestamp.isEmpty())
        lines << QStringLiteral("telnyx-timestamp: ") + asText(event.timestamp);
    if (!event.signature.isEmpty())
        lines << QStringLiteral("telnyx-signature-ed25519: ") + asText(event.signature);
    if (!lines.isEmpty())
        lines << QString();
    lines << (event.body.isEmpty() ? tr("It came before the bodies of events were kept.")
                                   : indented(event.body));
    m_raw->setPlainText(lines.join(QLatin1Char('\n')));
}

void MessageDialog::addClose(QVBoxLayout *column) {
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 8, 0, 0);
    if (m_raw) {
        auto *copy = new QPushButton(tr("Copy the event"), this);
        copy->setObjectName(QStringLiteral("copyRawEvent"));
        style::setButtonKind(copy, style::ButtonKind::Quiet);
        connect(copy, &QPushButton::clicked, this, [this] {
            const desk::RawEvent &event = m_events.at(m_list->currentRow());
            QGuiApplication::clipboard()->setText(event.body.isEmpty() ? m_raw->toPlainText()
                                                                       : QString::fromUtf8(event.body));
        });
        row->addWidget(copy);
    }
    row->addStretch(1);
    auto *close = new QPushButton(tr("Close"), this);
    close->setObjectName(QStringLiteral("closeDetails"));
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    row->addWidget(close);
    column->addLayout(row);
}

} // namespace longcode::inbox
