#include "composer/figures.h"

#include "composer/money.h"
#include "desk/send_check.h"

#include <QCoreApplication>
#include <QSet>

namespace longcode::composer {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(longcode::composer::Figures)
};

constexpr int mostCharactersNamed = 12;

std::u16string_view view(const QString &text) {
    return {reinterpret_cast<const char16_t *>(text.utf16()), static_cast<size_t>(text.size())};
}

QString segmentsInWords(int segments) {
    return segments == 1 ? Words::tr("1 segment") : Words::tr("%1 segments").arg(segments);
}

QString encodingName(sms::Encoding encoding) {
    const std::string_view name = sms::name(encoding);
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

QList<double> fillsOf(const sms::Count &count) {
    QList<double> fills;
    const int bars = qMin(count.segments, mostBars);
    for (int i = 0; i < bars; ++i) {
        const bool last = i + 1 == count.segments;
        fills.append(last ? 1.0 - double(count.unitsLeft) / count.unitsPerSegment : 1.0);
    }
    return fills;
}

struct NamedCharacters {
    int count = 0; ///< distinct ones
    QString list;
};

/// The distinct forcing characters that `wanted` keeps.
template <typename Wanted>
NamedCharacters namedCharacters(const sms::Diagnosis &diagnosis, Wanted wanted) {
    QStringList named;
    QSet<char32_t> seen;
    for (const sms::Forcing &forcing : diagnosis.forcing) {
        if (!wanted(forcing) || seen.contains(forcing.codePoint))
            continue;
        seen.insert(forcing.codePoint);
        if (named.size() < mostCharactersNamed)
            named.append(visibleForm(forcing.codePoint));
    }
    const QString list = named.join(u' ');
    const auto more = seen.size() - named.size();
    return {int(seen.size()), more > 0 ? Words::tr("%1 and %2 more").arg(list).arg(more) : list};
}

QString forcedSentence(int characters, const sms::Diagnosis &diagnosis) {
    const int now = diagnosis.asTyped.segments;
    const int then = diagnosis.afterSmartEncoding.segments;
    const QString encoding = encodingName(diagnosis.asTyped.encoding);
    if (then > 0 && now == 2 * then)
        return characters == 1
                   ? Words::tr("1 character forces %1 and doubles the price:").arg(encoding)
                   : Words::tr("%1 characters force %2 and double the price:").arg(characters).arg(encoding);
    if (then > 0 && now > then)
        return characters == 1 ? Words::tr("1 character forces %1 and takes %2 segments instead of %3:")
                                     .arg(encoding)
                                     .arg(now)
                                     .arg(then)
                               : Words::tr("%1 characters force %2 and take %3 segments instead of %4:")
                                     .arg(characters)
                                     .arg(encoding)
                                     .arg(now)
                                     .arg(then);
    return characters == 1 ? Words::tr("1 character forces %1:").arg(encoding)
                           : Words::tr("%1 characters force %2:").arg(characters).arg(encoding);
}

/// A text in a script that GSM-7 cannot write has no exceptions worth marking.
bool isOtherScript(const QString &text, const sms::Diagnosis &diagnosis) {
    int written = 0;
    for (const QChar c : text)
        written += c.isSpace() || c.isLowSurrogate() ? 0 : 1;
    return diagnosis.forcingTotal * 2 > written && diagnosis.smart.replaced == 0;
}

EncodingNotice noticeOfSmartProfile(const SenderTerms &terms, const sms::Diagnosis &diagnosis) {
    EncodingNotice notice;
    notice.weight = NoticeWeight::Hint;
    if (diagnosis.afterSmartEncoding.encoding == sms::Encoding::Ucs2) {
        notice.sentence = Words::tr("These characters force UCS-2 and have no replacement:");
        notice.characters =
            namedCharacters(diagnosis, [](const sms::Forcing &f) { return !f.hasSubstitute; }).list;
        return notice;
    }
    notice.sentence = Words::tr("Smart encoding of the profile “%1” will replace:").arg(terms.profileName);
    notice.characters =
        namedCharacters(diagnosis, [](const sms::Forcing &f) { return f.hasSubstitute; }).list;
    notice.replaceable = true;
    return notice;
}

EncodingNotice noticeOf(const QString &text, const SenderTerms &terms, const sms::Diagnosis &diagnosis) {
    EncodingNotice notice;
    if (diagnosis.forcingTotal == 0)
        return notice;
    if (isOtherScript(text, diagnosis)) {
        notice.weight = NoticeWeight::Hint;
        notice.highlighted = false;
        notice.sentence = Words::tr("This script is sent as UCS-2: %1 characters fit a segment.")
                              .arg(diagnosis.asTyped.unitsPerSegment);
        return notice;
    }
    if (terms.smartEncoding)
        return noticeOfSmartProfile(terms, diagnosis);
    for (const sms::Forcing &forcing : diagnosis.forcing)
        notice.replaceable = notice.replaceable || forcing.hasSubstitute;
    const bool cheaper = diagnosis.afterSmartEncoding.segments < diagnosis.asTyped.segments;
    notice.weight = cheaper ? NoticeWeight::Warning : NoticeWeight::Hint;
    const NamedCharacters named = namedCharacters(diagnosis, [](const sms::Forcing &) { return true; });
    notice.sentence = forcedSentence(named.count, diagnosis);
    notice.characters = named.list;
    return notice;
}

QString segmentNumbers(int first, int last) {
    if (first == last)
        return Words::tr("Segment %1 is").arg(first);
    return last == first + 1 ? Words::tr("Segments %1 and %2 are").arg(first).arg(last)
                             : Words::tr("Segments %1 to %2 are").arg(first).arg(last);
}

std::optional<Excess> excessOf(const QString &text, const Figures &figures, bool smart) {
    if (figures.counted.segments <= sms::maximumSegments)
        return std::nullopt;
    Excess excess;
    excess.sentence = Words::tr("This text takes %1 segments; one message holds %2.")
                          .arg(figures.counted.segments)
                          .arg(sms::maximumSegments);
    const QString which = segmentNumbers(sms::maximumSegments + 1, figures.counted.segments);
    const auto &starts = figures.diagnosis.segmentStarts;
    if (!smart && starts.size() > size_t(sms::maximumSegments)) {
        excess.start = starts[size_t(sms::maximumSegments)];
        const qsizetype characters = QStringView(text).mid(excess.start).toUcs4().size();
        excess.sentence +=
            u' ' + (characters == 1
                        ? Words::tr("%1 too much: shorten it by 1 character.").arg(which)
                        : Words::tr("%1 too much: shorten it by %2 characters.").arg(which).arg(characters));
    } else {
        excess.sentence += u' ' + Words::tr("%1 too much: shorten it.").arg(which);
    }
    return excess;
}

void describeAlternative(Figures &figures, const SenderTerms &terms) {
    const sms::Count &after = figures.diagnosis.afterSmartEncoding;
    if (terms.smartEncoding || after.segments == 0 || after.segments >= figures.diagnosis.asTyped.segments)
        return;
    figures.alternative = Words::tr("With smart encoding:");
    const QString cost = moneyInWords(terms.price.perSegment, after.segments);
    figures.alternativeValue = segmentsInWords(after.segments);
    if (!cost.isEmpty())
        figures.alternativeValue = Words::tr("%1, %2").arg(figures.alternativeValue, cost);
}

} // namespace

Figures figuresOf(const QString &text, const SenderTerms &terms) {
    Figures figures;
    // One character for one: every index of the diagnosis is true of the text itself.
    const QString counted = terms.fullAlphabet ? desk::asCountedInFullAlphabet(text, terms.kind) : text;
    figures.diagnosis = sms::diagnose(view(counted), terms.kind);
    figures.counted = terms.smartEncoding ? figures.diagnosis.afterSmartEncoding : figures.diagnosis.asTyped;
    const sms::Count &count = figures.counted;
    figures.fills = fillsOf(count);
    figures.segments = segmentsInWords(count.segments);
    if (count.segments > 0) {
        figures.detail = Words::tr("%1 · %2 / %3 · %4 left")
                             .arg(encodingName(count.encoding))
                             .arg(count.units)
                             .arg(count.segments * count.unitsPerSegment)
                             .arg(count.unitsLeft);
        const QString cost = moneyInWords(terms.price.perSegment, count.segments);
        if (!cost.isEmpty())
            figures.cost = QStringLiteral("≈ ") + cost;
    }
    describeAlternative(figures, terms);
    figures.notice = noticeOf(text, terms, figures.diagnosis);
    figures.excess = excessOf(text, figures, terms.smartEncoding);
    return figures;
}

QString visibleForm(char32_t codePoint) {
    switch (QChar::category(codePoint)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_SpacingCombining:
    case QChar::Mark_Enclosing:
        return QStringLiteral("◌") + QString::fromUcs4(&codePoint, 1);
    case QChar::Separator_Space:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
        return QStringLiteral("U+%1").arg(uint(codePoint), 4, 16, QLatin1Char('0')).toUpper();
    default:
        return QString::fromUcs4(&codePoint, 1);
    }
}

QString characterName(const sms::Forcing &forcing) {
    const QString code =
        QStringLiteral("U+%1").arg(uint(forcing.codePoint), 4, 16, QLatin1Char('0')).toUpper();
    return forcing.name.empty() ? code : code + u' ' + QString::fromStdString(forcing.name);
}

} // namespace longcode::composer
