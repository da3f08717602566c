#include "support/fake_transcripts.h"

#include "support/fake_inbox.h"

namespace longcode::tests {

using desk::TranscriptLine;

FakeTranscripts::FakeTranscripts(QObject *parent) : desk::Transcripts(parent) {
    const QDateTime begin = sampleNow().addSecs(-3600);
    TranscriptLine question{
        .at = begin, .author = {}, .text = QStringLiteral("Where is <b>my order</b>?"), .state = {}};
    TranscriptLine photo{.at = begin.addSecs(60),
                         .author = {},
                         .text = QStringLiteral("شكرا جزيلا"),
                         .state = {},
                         .mediaCount = 2};
    TranscriptLine note{.direction = desk::Direction::Note,
                        .at = begin.addSecs(90),
                        .author = QStringLiteral("Anna"),
                        .text = QStringLiteral("Asked the carrier."),
                        .state = {}};
    TranscriptLine answer{.direction = desk::Direction::Outbound,
                          .at = begin.addSecs(120),
                          .author = QStringLiteral("Anna"),
                          .text = QStringLiteral("It ships today."),
                          .state = QStringLiteral("Delivered")};
    shown = {question, photo, note, answer};
    shownHead = {.name = QStringLiteral("Maria Keller"),
                 .peer = phone::fromWire(QStringLiteral("+12125550188")),
                 .own = phone::fromWire(QStringLiteral("+14155550100")),
                 .account = QStringLiteral("Sandbox"),
                 .from = shown.constFirst().at,
                 .to = shown.constLast().at,
                 .messages = shown.size()};
}

QFuture<Result<qint64, Failure>> FakeTranscripts::write(desk::ConversationId id, const QString &path,
                                                        desk::TranscriptFormat format) {
    written.append({id, path, format});
    if (!hold)
        return QtFuture::makeReadyFuture(Result<qint64, Failure>(shownHead.messages));
    m_waiting = {};
    m_waiting.start();
    return m_waiting.future();
}

QFuture<Result<QList<TranscriptLine>, Failure>> FakeTranscripts::lines(desk::ConversationId, qint64 limit) {
    const QList<TranscriptLine> newest = shown.sliced(qMax(qsizetype(0), shown.size() - qsizetype(limit)));
    return QtFuture::makeReadyFuture(Result<QList<TranscriptLine>, Failure>(newest));
}

desk::TranscriptHead FakeTranscripts::head(desk::ConversationId) const {
    return shownHead;
}

void FakeTranscripts::answer(const Result<qint64, Failure> &result) {
    m_waiting.addResult(result);
    m_waiting.finish();
}

} // namespace longcode::tests
