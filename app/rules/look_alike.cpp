#include "rules/look_alike.h"

#include "rules/web_address.h"
#include "rules/word_lists.h"

#include <unicode/uspoof.h>

#include <QHash>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>

namespace longcode::data {
extern const std::string_view wellKnownDomains;
} // namespace longcode::data

namespace longcode::rules {

namespace {

struct CloseChecker {
    void operator()(USpoofChecker *checker) const { uspoof_close(checker); }
};
using Checker = std::unique_ptr<USpoofChecker, CloseChecker>;

/// Null when ICU has no data, which no distribution does; then nothing is found.
const USpoofChecker *scriptChecker() {
    static const Checker checker = [] {
        UErrorCode status = U_ZERO_ERROR;
        Checker opened(uspoof_open(&status));
        uspoof_setChecks(opened.get(), USPOOF_RESTRICTION_LEVEL, &status);
        uspoof_setRestrictionLevel(opened.get(), USPOOF_HIGHLY_RESTRICTIVE);
        return U_SUCCESS(status) ? std::move(opened) : Checker();
    }();
    return checker.get();
}

const UChar *units(QStringView text) {
    return reinterpret_cast<const UChar *>(text.utf16());
}

/// What a label looks like: labels of one look have one skeleton. Coarser than UTS 39: accents, 0 and o, i
/// and l, and vv and w are not told apart, either.
QString skeletonOf(QStringView label) {
    const USpoofChecker *checker = scriptChecker();
    if (!checker)
        return label.toString();
    constexpr qsizetype longestLabel = 63;
    std::array<UChar, 1024> buffer{};
    UErrorCode status = U_ZERO_ERROR;
    const qsizetype length = std::min(label.size(), longestLabel);
    const int32_t size = uspoof_getSkeleton(checker, 0, units(label), static_cast<int32_t>(length),
                                            buffer.data(), static_cast<int32_t>(buffer.size()), &status);
    if (U_FAILURE(status))
        return label.toString();
    QString look;
    for (const QChar c : QString(reinterpret_cast<const QChar *>(buffer.data()), size).toLower())
        if (!c.isMark())
            look += c == u'0' ? QChar(u'o') : c == u'i' ? QChar(u'l') : c;
    return look.replace(QLatin1String("vv"), QLatin1String("w"));
}

/// "www.shop.co.uk" → "shop".
QStringView firstLabelOf(const QString &domain) {
    return QStringView(domain).left(domain.indexOf(u'.'));
}

const QStringList &wellKnown() {
    static const QStringList domains = [] {
        QStringList read;
        for (const QStringList &row : rowsOf(data::wellKnownDomains))
            read.append(row[0]);
        return read;
    }();
    return domains;
}

const QHash<QString, QString> &wellKnownBySkeleton() {
    static const QHash<QString, QString> domains = [] {
        QHash<QString, QString> read;
        for (const QString &domain : wellKnown())
            read.insert(skeletonOf(firstLabelOf(domain)), domain);
        return read;
    }();
    return domains;
}

} // namespace

bool mixesScripts(const QString &host) {
    const USpoofChecker *checker = scriptChecker();
    const QList<QStringView> labels = QStringView(host).split(u'.');
    return checker && std::any_of(labels.begin(), labels.end(), [checker](QStringView label) {
               UErrorCode status = U_ZERO_ERROR;
               return uspoof_check2(checker, units(label), static_cast<int32_t>(label.size()), nullptr,
                                    &status) != 0;
           });
}

QString lookAlike(const QString &host) {
    const QString domain = registeredDomain(host);
    const QStringView name = firstLabelOf(domain);
    const QString likely = wellKnownBySkeleton().value(skeletonOf(name));
    return likely.isEmpty() || firstLabelOf(likely) == name ? QString() : likely;
}

QString nameDropped(const QString &host) {
    const QString domain = registeredDomain(host);
    for (const QString &known : wellKnown()) {
        const qsizetype at = host.indexOf(known);
        const qsizetype end = at + known.size();
        if (at < 0 || end == host.size() || firstLabelOf(domain) == firstLabelOf(known)) // amazon.com.au
            continue;
        const bool begins = at == 0 || host[at - 1] == u'.' || host[at - 1] == u'-';
        if (begins && (host[end] == u'.' || host[end] == u'-'))
            return known;
    }
    return {};
}

} // namespace longcode::rules
