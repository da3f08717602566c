#include "desk/senders.h"
#include "base/when_finished.h"

#include "telnyx/telnyx.h"

#include <QPromise>

#include <algorithm>
#include <tuple>

namespace longcode::desk {

namespace {

using Senders = Result<QList<Sender>, telnyx::Error>;

Sender senderWithProfile(const QString &address, sms::SenderKind kind, const telnyx::Profile &profile) {
    return {.address = phone::fromWire(address),
            .profileId = profile.id.text(),
            .profileName = profile.name,
            .kind = kind,
            .smartEncoding = profile.smartEncoding,
            .profileEnabled = profile.enabled.value_or(true),
            .successRatio = std::nullopt};
}

telnyx::Profile profileOf(const telnyx::ProfileId &id, const QList<telnyx::Profile> &profiles) {
    for (const telnyx::Profile &profile : profiles)
        if (profile.id == id)
            return profile;
    telnyx::Profile unknown;
    unknown.id = id;
    return unknown;
}

} // namespace

QList<Sender> sendersOf(const QList<telnyx::Profile> &profiles,
                        const QList<telnyx::NumberWithSettings> &numbers,
                        const QList<telnyx::ShortCode> &shortCodes) {
    QList<Sender> senders;
    for (const telnyx::ShortCode &code : shortCodes)
        if (!code.profile.isEmpty() && !code.code.isEmpty())
            senders.append(
                senderWithProfile(code.code, sms::SenderKind::ShortCode, profileOf(code.profile, profiles)));
    for (const telnyx::NumberWithSettings &number : numbers) {
        if (number.profile.isEmpty() || !number.sms || number.number.isEmpty())
            continue;
        Sender sender = senderWithProfile(number.number, number.kind, profileOf(number.profile, profiles));
        sender.successRatio = number.successRatio;
        senders.append(sender);
    }
    for (const telnyx::Profile &profile : profiles)
        if (!profile.alphaSender.isEmpty())
            senders.append(senderWithProfile(profile.alphaSender, sms::SenderKind::Alphanumeric, profile));
    std::sort(senders.begin(), senders.end(), [](const Sender &a, const Sender &b) {
        return std::tie(a.profileName, a.address.wire()) < std::tie(b.profileName, b.address.wire());
    });
    return senders;
}

namespace {

/// Profiles, numbers and short codes, one list after the other. Keeps itself alive until it has told.
class SendersReading : public std::enable_shared_from_this<SendersReading> {
public:
    explicit SendersReading(telnyx::Client &client) : m_client(client) { m_promise.start(); }

    QFuture<Senders> start() {
        whenFinished(m_client.profiles(), &m_client,
                     [self = shared_from_this()](const telnyx::Answer<QList<telnyx::Profile>> &profiles) {
                         if (!profiles)
                             return self->finish(failed(telnyx::Error(profiles.error())));
                         self->m_profiles = *profiles;
                         self->readNumbers();
                     });
        return m_promise.future();
    }

private:
    using Numbers = QList<telnyx::NumberWithSettings>;

    void readNumbers() {
        whenFinished(m_client.numbersWithMessagingSettings(), &m_client,
                     [self = shared_from_this()](const telnyx::Answer<Numbers> &numbers) {
                         if (!numbers)
                             return self->finish(failed(telnyx::Error(numbers.error())));
                         self->m_numbers = *numbers;
                         self->readShortCodes();
                     });
    }

    void readShortCodes() {
        whenFinished(m_client.shortCodes(), &m_client,
                     [self = shared_from_this()](const telnyx::Answer<QList<telnyx::ShortCode>> &codes) {
                         // Accounts without short codes may not be allowed to ask for them.
                         const bool none = !codes && (codes.error().kind == telnyx::ErrorKind::Forbidden ||
                                                      codes.error().kind == telnyx::ErrorKind::NotFound);
                         if (!codes && !none)
                             return self->finish(failed(telnyx::Error(codes.error())));
                         self->finish(sendersOf(self->m_profiles, self->m_numbers,
                                                codes ? *codes : QList<telnyx::ShortCode>()));
                     });
    }

    void finish(Senders senders) {
        m_promise.addResult(std::move(senders));
        m_promise.finish();
    }

    telnyx::Client &m_client;
    QPromise<Senders> m_promise;
    QList<telnyx::Profile> m_profiles;
    Numbers m_numbers;
};

} // namespace

QFuture<Senders> readSenders(telnyx::Client &client) {
    return std::make_shared<SendersReading>(client)->start();
}

} // namespace longcode::desk
