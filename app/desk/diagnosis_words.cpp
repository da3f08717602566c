#include "desk/diagnosis_words.h"

#include "desk/hold_queue.h"
#include "rules/error_codes.h"

#include <QCoreApplication>
#include <QLocale>

namespace longcode::desk {

namespace {

struct DiagnosisWords {
    Q_DECLARE_TR_FUNCTIONS(Diagnoses)
};

using rules::ErrorOwner;

constexpr int longText = 4; ///< segments

bool isOptOutCode(const DiagnosisFacts &facts) {
    return facts.code == QLatin1String("40300");
}

/// What the table says of the code; of 40300 only when the server's own words speak of an opt-out (D32).
std::optional<rules::ErrorAdvice> adviceOn(const DiagnosisFacts &facts) {
    if (isOptOutCode(facts) && !rules::speaksOfOptOut(facts.title, facts.detail))
        return std::nullopt;
    return rules::adviceFor(facts.code);
}

QString serverWords(const DiagnosisFacts &facts) {
    if (facts.title.isEmpty() || facts.detail.isEmpty() || facts.title == facts.detail)
        return facts.title.isEmpty() ? facts.detail : facts.title;
    return facts.title % QStringLiteral(" – ") % facts.detail;
}

QString whoseMove(ErrorOwner owner) {
    switch (owner) {
    case ErrorOwner::Desk:
        return DiagnosisWords::tr("your move");
    case ErrorOwner::Account:
        return DiagnosisWords::tr("a matter of the account's settings");
    case ErrorOwner::Registration:
        return DiagnosisWords::tr("a matter of registration");
    case ErrorOwner::Customer:
        return DiagnosisWords::tr("only the customer can change it");
    case ErrorOwner::Carrier:
        return DiagnosisWords::tr("on the carrier's side");
    case ErrorOwner::Telnyx:
        return DiagnosisWords::tr("a matter for Telnyx support");
    }
    return {};
}

QString peerOf(const DiagnosisFacts &facts) {
    return facts.peer.display(facts.home);
}

QString failedSentence(const DiagnosisFacts &facts, ErrorOwner owner, const QString &cause) {
    return facts.state == MessageState::Rejected
               ? DiagnosisWords::tr("Refused, so nothing was sent to %1 (%2): %3")
                     .arg(peerOf(facts), whoseMove(owner), cause)
               : DiagnosisWords::tr("Not delivered to %1 (%2): %3")
                     .arg(peerOf(facts), whoseMove(owner), cause);
}

void add(QList<Remedy> &remedies, std::initializer_list<Remedy> more) {
    for (const Remedy remedy : more)
        if (!remedies.contains(remedy))
            remedies.append(remedy);
}

QList<Remedy> remediesFor(const rules::ErrorAdvice &advice) {
    using enum Remedy;
    QList<Remedy> remedies;
    if (advice.canRetryHelp())
        remedies.append(SendAgain);
    switch (advice.owner) {
    case ErrorOwner::Desk:
    case ErrorOwner::Carrier:
        add(remedies, {EditAndResend, CallCustomer});
        break;
    case ErrorOwner::Account:
        add(remedies, {ChangeSender, OpenSettings});
        break;
    case ErrorOwner::Registration:
        add(remedies, {ChangeSender});
        break;
    case ErrorOwner::Customer:
        add(remedies, {CallCustomer});
        break;
    case ErrorOwner::Telnyx:
        break;
    }
    add(remedies, {CopyDetails});
    return remedies;
}

bool isNorthAmerican(const phone::Address &peer) {
    const auto region = peer.region();
    return region && (region->code == QLatin1String("US") || region->code == QLatin1String("CA") ||
                      region->code == QLatin1String("PR"));
}

bool isLandline(const DiagnosisFacts &facts) {
    return facts.lineType.compare(QLatin1String("Wireline"), Qt::CaseInsensitive) == 0;
}

/// What else may lie behind it, or matters for what to do next.
QStringList furtherFacts(const DiagnosisFacts &facts) {
    QStringList said;
    if (isLandline(facts))
        said.append(DiagnosisWords::tr("The carrier reports %1 as a landline, which takes no texts.")
                        .arg(peerOf(facts)));
    if (facts.block)
        said.append(facts.block->what);
    if (facts.own.kind() == phone::AddressKind::Alphanumeric && isNorthAmerican(facts.peer))
        said.append(
            DiagnosisWords::tr("A name as sender does not reach numbers in the US, Canada and Puerto Rico: "
                               "send from a number."));
    if (facts.own.kind() == phone::AddressKind::TollFree && facts.code.isEmpty())
        said.append(
            DiagnosisWords::tr("Carriers take texts from a toll-free number only when it is verified."));
    if (facts.own.kind() == phone::AddressKind::LongCode && facts.code == QLatin1String("40010") &&
        !facts.campaign.isEmpty())
        said.append(DiagnosisWords::tr("Last known campaign of %1: %2.")
                        .arg(facts.own.display(facts.home), facts.campaign));
    if (facts.segments >= longText && facts.encoding == sms::Encoding::Ucs2)
        said.append(DiagnosisWords::tr("It went as %n segments, because some characters are outside the SMS "
                                       "alphabet; long texts fail more often.",
                                       nullptr, facts.segments));
    else if (facts.segments >= longText)
        said.append(DiagnosisWords::tr("It went as %n segments; long texts fail more often.", nullptr,
                                       facts.segments));
    return said;
}

/// A failure whose code the table knows.
Diagnosis known(const DiagnosisFacts &facts, const rules::ErrorAdvice &advice) {
    Diagnosis diagnosis;
    diagnosis.sentence = failedSentence(facts, advice.owner, advice.cause);
    diagnosis.details.append(advice.action);
    if (advice.canRetryHelp())
        diagnosis.details.append(DiagnosisWords::tr("The same text sent again may go through."));
    else if (advice.retry == rules::RetryAdvice::Never)
        diagnosis.details.append(DiagnosisWords::tr("The same text sent again would fail again."));
    diagnosis.remedies = remediesFor(advice);
    return diagnosis;
}

QString causeWithoutCode(const DiagnosisFacts &facts) {
    const QString words = serverWords(facts);
    if (isOptOutCode(facts))
        return DiagnosisWords::tr(
                   "Telnyx says “%1”. Its code 40300 has several meanings and alone is no opt-out.")
            .arg(words.isEmpty() ? facts.code : words);
    if (!words.isEmpty() && !facts.code.isEmpty())
        return DiagnosisWords::tr("Telnyx says “%1” (code %2).").arg(words, facts.code);
    if (!words.isEmpty())
        return DiagnosisWords::tr("Telnyx says “%1”.").arg(words);
    if (!facts.code.isEmpty())
        return DiagnosisWords::tr("Telnyx gives the code %1, which its documentation does not explain.")
            .arg(facts.code);
    if (!facts.serverStatus.isEmpty())
        return DiagnosisWords::tr("Telnyx reports “%1” and no reason.").arg(facts.serverStatus);
    return DiagnosisWords::tr("Telnyx gave no reason.");
}

/// A failure without a code, or with one that explains nothing.
Diagnosis unknown(const DiagnosisFacts &facts) {
    using enum Remedy;
    Diagnosis diagnosis;
    if (facts.block) {
        diagnosis.sentence = failedSentence(facts, ErrorOwner::Customer, facts.block->what);
        diagnosis.details.append(facts.block->howLifted);
        diagnosis.remedies = {CallCustomer, CopyDetails};
    } else if (isLandline(facts)) {
        diagnosis.sentence = failedSentence(
            facts, ErrorOwner::Customer,
            DiagnosisWords::tr("The carrier reports the number as a landline, which takes no texts."));
        diagnosis.remedies = {CallCustomer, CopyDetails};
    } else {
        diagnosis.sentence =
            facts.state == MessageState::Rejected
                ? DiagnosisWords::tr("Refused, so nothing was sent to %1: %2")
                      .arg(peerOf(facts), causeWithoutCode(facts))
                : DiagnosisWords::tr("Not delivered to %1: %2").arg(peerOf(facts), causeWithoutCode(facts));
        diagnosis.remedies = {EditAndResend, CallCustomer, CopyDetails};
        if (facts.state == MessageState::Failed && !facts.messageId.isEmpty())
            diagnosis.remedies.insert(1, LookUp);
    }
    return diagnosis;
}

Diagnosis uncertain(const DiagnosisFacts &facts) {
    using enum Remedy;
    const QDateTime until = validUntil(facts.at, facts.sendAt);
    Diagnosis diagnosis;
    diagnosis.sentence =
        DiagnosisWords::tr(
            "Whether the text to %1 was sent is not known (your move): it was handed to Telnyx, and "
            "the connection ended before the answer came.")
            .arg(peerOf(facts));
    diagnosis.details = {
        DiagnosisWords::tr("It is not repeated by itself, because the customer might get it twice."),
        facts.now < until
            ? DiagnosisWords::tr(
                  "A report of its delivery settles it by itself. That none has come proves nothing "
                  "until %1.")
                  .arg(QLocale().toString(until.toLocalTime(), QLocale::ShortFormat))
            : DiagnosisWords::tr("No report of it has come for so long that it was most likely not sent.")};
    diagnosis.remedies = {LookUp, CountAsSent, SendAgain, Discard, CopyDetails};
    return diagnosis;
}

Diagnosis quiet(const DiagnosisFacts &facts) {
    using enum Remedy;
    Diagnosis diagnosis;
    const QDateTime since = facts.sendAt.isValid() ? facts.sendAt : facts.at;
    diagnosis.sentence =
        facts.state == MessageState::Queued
            ? DiagnosisWords::tr("Telnyx took the text to %1 on %2, and nothing was heard of it since.")
                  .arg(peerOf(facts), QLocale().toString(since.toLocalTime(), QLocale::ShortFormat))
            : DiagnosisWords::tr("The text to %1 went to the carrier on %2, and no receipt has come since.")
                  .arg(peerOf(facts), QLocale().toString(since.toLocalTime(), QLocale::ShortFormat));
    diagnosis.details = {
        DiagnosisWords::tr("Many carriers send no receipts, and a report may have missed this console.")};
    diagnosis.remedies = {LookUp, CallCustomer, CopyDetails};
    return diagnosis;
}

Diagnosis unconfirmed(const DiagnosisFacts &facts) {
    using enum Remedy;
    Diagnosis diagnosis;
    diagnosis.sentence =
        DiagnosisWords::tr("The carrier of %1 gave no receipt, so the text may have arrived or not.")
            .arg(peerOf(facts));
    diagnosis.details = {
        DiagnosisWords::tr("Nobody can find out by asking again: call, or wait for an answer.")};
    diagnosis.remedies = {CallCustomer, EditAndResend, CopyDetails};
    return diagnosis;
}

Diagnosis missed(const DiagnosisFacts &facts) {
    Diagnosis diagnosis;
    diagnosis.sentence =
        DiagnosisWords::tr(
            "The text to %1 was to leave on %2, while this console did not run or could not reach "
            "Telnyx (your move).")
            .arg(peerOf(facts), QLocale().toString(facts.sendAt.toLocalTime(), QLocale::ShortFormat));
    diagnosis.details = {DiagnosisWords::tr(
        "The list of scheduled texts has it: send it now, choose another time, or cancel it there.")};
    diagnosis.remedies = {Remedy::EditAndResend, Remedy::Discard};
    return diagnosis;
}

QString copyText(const DiagnosisFacts &facts) {
    QStringList lines;
    const auto line = [&lines](const char *name, const QString &value) {
        if (!value.isEmpty())
            lines.append(QLatin1String(name) % QStringLiteral(": ") % value);
    };
    const auto time = [](const QDateTime &at) {
        return at.isValid() ? at.toUTC().toString(Qt::ISODate) : QString();
    };
    line("message", facts.messageId);
    line("from", facts.own.wire());
    line("to", facts.peer.wire());
    line("written", time(facts.at));
    line("send_at", time(facts.sendAt));
    line("status", facts.serverStatus);
    line("code", facts.code);
    line("error", serverWords(facts));
    line("line type", facts.lineType);
    line("segments", QString::number(facts.segments));
    line("handle", facts.intent);
    return lines.join(QLatin1Char('\n'));
}

bool isQuiet(const DiagnosisFacts &facts) {
    const QDateTime since = facts.sendAt.isValid() ? facts.sendAt : facts.at;
    return since.addSecs(std::chrono::seconds(quietAfter).count()) < facts.now;
}

std::optional<Diagnosis> sorted(const DiagnosisFacts &facts) {
    switch (facts.state) {
    case MessageState::Rejected:
    case MessageState::Failed:
        break;
    case MessageState::Uncertain:
        return uncertain(facts);
    case MessageState::Unconfirmed:
        return unconfirmed(facts);
    case MessageState::Queued:
    case MessageState::Sent:
        return isQuiet(facts) ? std::optional(quiet(facts)) : std::nullopt;
    case MessageState::Held:
    case MessageState::Waiting:
        return isMissed(facts.sendAt, facts.now) ? std::optional(missed(facts)) : std::nullopt;
    default:
        return std::nullopt;
    }
    const auto advice = adviceOn(facts);
    return advice ? known(facts, *advice) : unknown(facts);
}

} // namespace

QDateTime validUntil(const QDateTime &written, const QDateTime &sendAt) {
    const QDateTime from = sendAt.isValid() && sendAt > written ? sendAt : written;
    return from.addSecs(std::chrono::seconds(validFor).count());
}

QString remedyInWords(Remedy remedy) {
    switch (remedy) {
    case Remedy::EditAndResend:
        return DiagnosisWords::tr("Edit and send");
    case Remedy::SendAgain:
        return DiagnosisWords::tr("Send again");
    case Remedy::LookUp:
        return DiagnosisWords::tr("Look up");
    case Remedy::CountAsSent:
        return DiagnosisWords::tr("Count as sent");
    case Remedy::Discard:
        return DiagnosisWords::tr("Discard");
    case Remedy::ChangeSender:
        return DiagnosisWords::tr("Change sender");
    case Remedy::CallCustomer:
        return DiagnosisWords::tr("Copy number");
    case Remedy::OpenSettings:
        return DiagnosisWords::tr("Open settings");
    case Remedy::CopyDetails:
        return DiagnosisWords::tr("Copy details");
    }
    return {};
}

std::optional<Diagnosis> explained(const DiagnosisFacts &facts) {
    auto diagnosis = sorted(facts);
    if (!diagnosis)
        return std::nullopt;
    const QStringList further = furtherFacts(facts);
    for (const QString &fact : further)
        if (!diagnosis->details.contains(fact) && !diagnosis->sentence.contains(fact))
            diagnosis->details.append(fact);
    diagnosis->serverWords = serverWords(facts);
    diagnosis->code = facts.code;
    diagnosis->copyText = copyText(facts);
    return diagnosis;
}

} // namespace longcode::desk
