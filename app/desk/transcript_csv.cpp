#include "contacts/csv_writer.h"
#include "desk/transcript_form.h"

namespace longcode::desk {

namespace {

QByteArray row(const QStringList &cells) {
    QByteArray line;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        if (i > 0)
            line += ',';
        line += contacts::csvCell(cells[i]);
    }
    return line + "\r\n";
}

class CsvTranscript final : public TranscriptForm {
public:
    QByteArray beginning(const TranscriptFacts &facts) override {
        m_peer = facts.head.peer.wire();
        return "\xEF\xBB\xBF" + // spreadsheets ask for the mark
               row({QStringLiteral("Time (UTC)"), QStringLiteral("Direction"), QStringLiteral("From"),
                    QStringLiteral("To"), QStringLiteral("Author"), QStringLiteral("Text"),
                    QStringLiteral("Attachments"), QStringLiteral("State"), QStringLiteral("Parts"),
                    QStringLiteral("Cost"), QStringLiteral("Currency"), QStringLiteral("Error code"),
                    QStringLiteral("Error"), QStringLiteral("Message id")});
    }
    bool wantsEvents() const override { return false; }
    QByteArray message(const store::MessageRecord &message, const QList<store::RawEventRecord> &) override {
        const bool isInbound = message.direction == store::Direction::Inbound;
        const bool isNote = message.direction == store::Direction::Note;
        const auto number = [](int value) { return value > 0 ? QString::number(value) : QString(); };
        return row({message.at.toUTC().toString(Qt::ISODateWithMs), transcriptWord(message.direction),
                    isNote      ? QString()
                    : isInbound ? m_peer
                                : message.own,
                    isNote      ? QString()
                    : isInbound ? message.own
                                : m_peer,
                    message.author, message.text, number(message.mediaCount),
                    isNote ? QString() : transcriptWord(message.state), number(message.segments),
                    message.cost ? message.cost->amount : QString(),
                    message.cost ? message.cost->currency : QString(),
                    message.error ? message.error->code : QString(),
                    message.error ? message.error->title : QString(), message.telnyxId.text()});
    }
    QByteArray end() override { return {}; }

private:
    QString m_peer;
};

} // namespace

std::unique_ptr<TranscriptForm> csvTranscript() {
    return std::make_unique<CsvTranscript>();
}

} // namespace longcode::desk
