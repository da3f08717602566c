#include "relay/consoles/visibility.h"

#include "events/events.h"

#include <algorithm>

namespace longcode::relay {

using protocol::EntryKind;
using protocol::LogEntry;

namespace {

constexpr std::array registrationTypes{"10dlc.", "messaging_hosted_number", "toll_free_verification",
                                       "messaging_tollfree", "campaign_status"};

bool isRegistrationType(QByteArrayView type) {
    return std::any_of(registrationTypes.begin(), registrationTypes.end(),
                       [type](const char *beginning) { return type.startsWith(beginning); });
}

qsizetype pastSpace(QByteArrayView text, qsizetype at) {
    while (at < text.size() && (text[at] == ' ' || text[at] == '\n' || text[at] == '\t' || text[at] == '\r'))
        ++at;
    return at;
}

enum class Found : quint8 { Nothing, Other, Registration };

/// A quotation mark inside of a JSON text is always escaped, so these bytes are a name or a whole value.
Found typeAmongBytes(QByteArrayView body) {
    static constexpr char name[] = "\"event_type\"";
    Found found = Found::Nothing;
    for (qsizetype at = body.indexOf(name); at >= 0; at = body.indexOf(name, at)) {
        at = pastSpace(body, at + qsizetype(sizeof name) - 1);
        if (at >= body.size() || body[at] != ':')
            continue;
        at = pastSpace(body, at + 1);
        if (at >= body.size() || body[at] != '"')
            continue;
        const QByteArrayView type = body.sliced(at + 1);
        if (isRegistrationType(type))
            return Found::Registration;
        if (const qsizetype end = type.indexOf('"'); end < 0 || type.first(end).contains('\\'))
            return Found::Nothing;
        found = Found::Other;
    }
    return found;
}

} // namespace

View viewOf(const TokenGrant &grant) {
    return {grant.account, protocol::may(grant.role, protocol::Permission::SeeRegistrations)};
}

bool reportsOnRegistration(const QByteArray &body) {
    const Found found = typeAmongBytes(body);
    if (found != Found::Nothing)
        return found == Found::Registration;
    const auto event = events::parseEvent(body);
    return event && isRegistrationType(event->type.toUtf8());
}

const Withholding::Verdict &Withholding::verdictOn(const LogEntry &entry) {
    Verdict &verdict = m_verdicts.at(static_cast<std::size_t>(entry.seq) % m_verdicts.size());
    if (verdict.seq == entry.seq)
        return verdict;
    ++m_looked;
    verdict = {.seq = entry.seq};
    if (entry.kind == EntryKind::Webhook) {
        verdict.registration = reportsOnRegistration(entry.body);
    } else if (entry.kind == EntryKind::TeamFact && entry.body.contains("recovered")) {
        const auto fact = protocol::decodeFact(entry.body);
        const auto *recovered = fact ? std::get_if<protocol::Recovered>(&*fact) : nullptr;
        verdict.recovered = recovered != nullptr;
        verdict.registration = recovered && reportsOnRegistration(recovered->event);
    }
    return verdict;
}

bool Withholding::shows(const View &view, const LogEntry &entry) {
    const bool webhook = entry.kind == EntryKind::Webhook;
    if (!view.account.isEmpty() && webhook && entry.account != view.account)
        return false;
    if (view.registrations && (view.account.isEmpty() || webhook))
        return true;
    const Verdict &verdict = verdictOn(entry);
    return (view.registrations || !verdict.registration) && (view.account.isEmpty() || !verdict.recovered);
}

LogEntries Withholding::shown(const LogEntries &entries, const View &view) {
    if (view == View{})
        return entries;
    LogEntries out;
    out.reserve(entries.size());
    for (const LogEntry &entry : entries) {
        if (shows(view, entry))
            out.append(entry);
        else
            out.append({.seq = entry.seq,
                        .receivedAt = entry.receivedAt,
                        .intent = {},
                        .body = {},
                        .kind = EntryKind::Withheld});
    }
    return out;
}

} // namespace longcode::relay
