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

telnyx::Profile profileOf(const telnyx::NumberWithSettings &number, const QList<telnyx::Profile> &profiles) {
    for (const telnyx::Profile &profile : profiles)
        if (profile.id == number.profile)
            return profile;
    telnyx::Profile unknown;
    unknown.id = number.profile;
    return unknown;
}

void finish(const std::shared_ptr<QPromise<Senders>> &promise, Senders senders) {
    promise->addResult(std::move(senders));
    promise->finish();
}

} // namespace

QList<Sender> sendersOf(const QList<telnyx::Profile> &profiles,
                        const QList<telnyx::NumberWithSettings> &numbers) {
    QList<Sender> senders;
    for (const telnyx::NumberWithSettings &number : numbers) {
        if (number.profile.isEmpty() || !number.sms || number.number.isEmpty())
            continue;
        Sender sender = senderWithProfile(number.number, number.kind, profileOf(number, profiles));
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

QFuture<Senders> readSenders(telnyx::Client &client) {
    auto promise = std::make_shared<QPromise<Senders>>();
    promise->start();
    whenFinished(client.profiles(), &client,
                 [&client, promise](const telnyx::Answer<QList<telnyx::Profile>> &profiles) {
                     if (!profiles) {
                         finish(promise, failed(telnyx::Error(profiles.error())));
                         return;
                     }
                     whenFinished(client.numbersWithMessagingSettings(), &client,
                                  [promise, known = *profiles](
                                      const telnyx::Answer<QList<telnyx::NumberWithSettings>> &numbers) {
                                      if (numbers)
                                          finish(promise, sendersOf(known, *numbers));
                                      else
                                          finish(promise, failed(telnyx::Error(numbers.error())));
                                  });
                 });
    return promise->future();
}

} // namespace longcode::desk
