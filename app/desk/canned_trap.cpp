#include "desk/canned.h"

#include <QCoreApplication>
#include <QRegularExpression>

// Texts that ask for an opt-out word as an answer to something else.
namespace longcode::desk {

namespace {

struct TrapWords {
    Q_DECLARE_TR_FUNCTIONS(longcode::desk::Canned)
};

/// How much a purpose must say. Behind STOP, "to cancel" is enough; behind CANCEL it may be anything.
enum class Wording : quint8 { BareVerb, WithObject };

/// What ends texts and nothing else, however it is said.
bool isOptOutPurpose(const QString &after, Wording wording) {
    static const QString lead =
        QStringLiteral("^\\W*(?:(?:,|or|and)?\\s*\\W*(?:stop ?all|stop|unsubscribe|cancel|end|quit)\\W+)*"
                       "(?:(?:any ?time|at any time)\\W*)?(?:to|for|if you (?:want|wish) to)\\s+");
    static const QString plain = QStringLiteral("opt[ -]?out|unsubscribe|be removed|no more");
    static const QString verb = QStringLiteral("(?:stop|end|quit|cancel|discontinue)");
    static const QString object = QStringLiteral(
        "(?:\\s+(?:receiving|getting|all|these|our|future|further|any|more|the))*"
        "\\s+(?:messages?|texts?|sms|alerts?|updates?|notifications?|subscription|reminders|msgs?)\\b");
    static const QRegularExpression withObject(QString(lead + u"(?:" + plain + u'|' + verb + object + u')'),
                                               QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression bareVerb(QString(lead + verb + u"\\s*(?:[.,;!)]|$)"),
                                             QRegularExpression::CaseInsensitiveOption);
    return withObject.match(after).hasMatch() ||
           (wording == Wording::BareVerb && bareVerb.match(after).hasMatch());
}

/// Words that mean nothing but opting out unless a text says otherwise.
bool meansOptOut(const QString &word) {
    return word.startsWith(QStringLiteral("stop"), Qt::CaseInsensitive) ||
           word.compare(QStringLiteral("unsubscribe"), Qt::CaseInsensitive) == 0;
}

/// "Reply STOP to cancel the visit": a purpose follows, and it is another one.
bool hasOtherPurpose(const QString &after) {
    static const QRegularExpression any(QStringLiteral("^\\W*(?:to|for|if|when)\\s+\\w"),
                                        QRegularExpression::CaseInsensitiveOption);
    return any.match(after).hasMatch() && !isOptOutPurpose(after, Wording::BareVerb);
}

QString trapInSentence(const QString &sentence) {
    static const QRegularExpression asks(
        QStringLiteral("\\b(?:reply|replying|respond|answer|text|txt|send|write|type)\\b"),
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch verb = asks.match(sentence);
    if (!verb.hasMatch())
        return {};
    // Written in capitals or in quotes, or right behind the verb: meant as a word to send.
    static const QRegularExpression words(
        QStringLiteral("\\b(STOP ?ALL|STOP|UNSUBSCRIBE|CANCEL|END|QUIT)\\b|"
                       "[\"'“‘«](?i:(stop ?all|stop|unsubscribe|cancel|end|quit))[\"'”’»]|"
                       "(?i:\\b(?:reply|respond|answer|text|txt|send|type)(?:\\s+(?:with|back|us))?\\s+"
                       "(stopall|stop|unsubscribe|cancel|quit)\\b)"));
    for (auto it = words.globalMatch(sentence, verb.capturedStart()); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const QString word = match.captured(match.lastCapturedIndex());
        const QString after = sentence.mid(match.capturedEnd());
        const bool trap =
            meansOptOut(word) ? hasOtherPurpose(after) : !isOptOutPurpose(after, Wording::WithObject);
        if (trap)
            return word;
    }
    return {};
}

} // namespace

QString trapWord(const QString &text) {
    static const QRegularExpression sentenceEnds(QStringLiteral("(?<=[.!?])\\s+|\\n+"));
    const QStringList sentences = text.split(sentenceEnds, Qt::SkipEmptyParts);
    for (const QString &sentence : sentences) {
        if (const QString word = trapInSentence(sentence); !word.isEmpty())
            return word;
    }
    return {};
}

QString trapInWords(const QString &word) {
    return TrapWords::tr("Whoever answers “%1” opts out of all your texts. Ask for another word.")
        .arg(word.toUpper());
}

} // namespace longcode::desk
