#include "rules/phone_shape.h"
#include "rules/rule.h"
#include "rules/web_address.h"

#include <algorithm>

/// Rules that only a toll-free verification has.
namespace longcode::rules {

namespace {

bool isBlankText(const QString &text) {
    return text.trimmed().isEmpty();
}

void volumeUnknown(const Subject &subject, Report &report) {
    const QString volume = subject.tollFree->messageVolume;
    if (isBlankText(volume) || isValue("volume", volume))
        return;
    QString digits = volume.trimmed();
    digits.remove(u',').remove(u' ').remove(u'+');
    std::optional<Fix> fix;
    for (const QString &known : valuesOf("volume"))
        if (QString(known).remove(u',').remove(u'+') == digits)
            fix = Fix{Say::tr("Write %1").arg(known), QStringLiteral("messageVolume"), known};
    report.add(QStringLiteral("messageVolume"),
               Say::tr("“%1” is not one of the volumes the API takes: %2.")
                   .arg(volume, valuesOf("volume").join(QStringLiteral("; "))),
               fix);
}

void volumeUnexplained(const Subject &subject, Report &report) {
    if (isValue("volume-to-explain", subject.tollFree->messageVolume) &&
        isBlankText(subject.tollFree->additionalInformation))
        report.add(QStringLiteral("additionalInformation"),
                   Say::tr("%1 messages a month is a lot. Explain it, such as by the number of customers, or "
                           "start with less.")
                       .arg(subject.tollFree->messageVolume));
}

void numberNotTollFree(const Subject &subject, Report &report) {
    for (const QString &number : subject.tollFree->phoneNumbers) {
        if (isTollFree(number))
            continue;
        const QString meant = asE164(number);
        std::optional<Fix> fix;
        if (subject.tollFree->phoneNumbers.size() == 1 && isTollFree(meant))
            fix = Fix{Say::tr("Write %1").arg(meant), QStringLiteral("phoneNumbers"), meant};
        report.add(QStringLiteral("phoneNumbers"),
                   Say::tr("“%1” is not a toll-free number in international form, such as +18885550123.")
                       .arg(number),
                   fix);
    }
}

void numberTwice(const Subject &subject, Report &report) {
    QStringList numbers = subject.tollFree->phoneNumbers;
    if (numbers.removeDuplicates() > 0)
        report.add(QStringLiteral("phoneNumbers"), Say::tr("The list holds the same number more than once."));
}

void numbersUnexplained(const Subject &subject, Report &report) {
    constexpr qsizetype most = 5;
    const qsizetype count = subject.tollFree->phoneNumbers.size();
    if (count > most && isBlankText(subject.tollFree->additionalInformation))
        report.add(QStringLiteral("additionalInformation"),
                   Say::tr("Explain what %1 numbers are needed for; reviewers ask from six on.").arg(count));
}

void optInImageAddress(const Subject &subject, Report &report) {
    for (const QString &url : subject.tollFree->optInWorkflowImageURLs) {
        if (isBlankText(url))
            continue;
        const WebAddress address = webAddressOf(url);
        const bool isWeb =
            address.scheme == QLatin1String("https") || address.scheme == QLatin1String("http");
        if (!isWeb || !isHostName(address.host) || isUnreachable(address.host))
            report.add(QStringLiteral("optInWorkflowImageURLs"),
                       Say::tr("Reviewers cannot open “%1”. Put the picture where everybody can see it, with "
                               "an address that begins with https://.")
                           .arg(url.left(80)));
        else if (address.scheme == QLatin1String("http"))
            report.add(Severity::Warning, QStringLiteral("optInWorkflowImageURLs"),
                       Say::tr("The picture at %1 should be reached by https.").arg(address.host));
    }
}

void resellerNotNamed(const Subject &subject, Report &report) {
    const QString name = subject.tollFree->isvReseller.trimmed().toLower();
    for (const char *answer : {"yes", "no", "true", "false", "y", "n"})
        if (name == QLatin1String(answer))
            report.add(QStringLiteral("isvReseller"), Say::tr("The API wants the reseller's name here, not "
                                                              "yes or no. Leave it out when there is none."));
}

void resellerIsSender(const Subject &subject, Report &report) {
    const TollFreeFiling &filing = *subject.tollFree;
    if (!isBlankText(filing.isvReseller) &&
        filing.isvReseller.trimmed().compare(filing.businessName.trimmed(), Qt::CaseInsensitive) == 0)
        report.add(QStringLiteral("businessName"), Say::tr("The reseller is given as the business. Reviewers "
                                                           "verify the business whose messages are sent."));
}

constexpr Rule rules[] = {
    {"volume-unknown", Severity::Error, toTollFree, volumeUnknown, source::tollFreeContract},
    {"volume-unexplained", Severity::Warning, toTollFree, volumeUnexplained, source::tollFreeReasons},
    {"number-not-toll-free", Severity::Error, toTollFree, numberNotTollFree, source::tollFreePage},
    {"number-twice", Severity::Error, toTollFree, numberTwice, source::tollFreeContract},
    {"numbers-unexplained", Severity::Warning, toTollFree, numbersUnexplained, source::rejectionLists},
    {"opt-in-image-address", Severity::Error, toTollFree, optInImageAddress, source::tollFreeContract},
    {"reseller-not-named", Severity::Warning, toTollFree, resellerNotNamed,
     QT_TRANSLATE_NOOP("longcode::rules::Say", "Toll-free values (D61)")},
    {"reseller-is-sender", Severity::Warning, toTollFree, resellerIsSender, source::rejectionLists},
};

} // namespace

std::span<const Rule> tollFreeRules() {
    return rules;
}

} // namespace longcode::rules
