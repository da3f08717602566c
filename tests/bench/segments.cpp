#include "bench/bench.h"
#include "sms/sms.h"

#include <array>

namespace longcode::bench {

namespace {

using sms::SenderKind;

constexpr double countCeiling = 1.5;    // ns a character
constexpr double startsCeiling = 4;     // ns a character
constexpr double keystrokeCeiling = 10; // µs in a text of 1,600 units
constexpr std::size_t length = 1600;    // UTF-16 units

struct Sample {
    const char *name;
    std::u16string_view pattern;
    SenderKind sender = SenderKind::LongCode;
};

constexpr std::array samples{
    Sample{"gsm7", u"The order of Mr Müller is on its way; it costs £12.50 and arrives on Monday. "},
    Sample{"extension_heavy", u"{order:[12],price:€5} ~ a|b "},
    Sample{"emoji", u"Thanks for your order! 🎉👍🏽 See you 😀 "},
    Sample{"cyrillic", u"Ваш заказ будет доставлен в понедельник до обеда. "},
    Sample{"word_processor", u"Don’t miss our “flash sale” — 50% off… "},
    Sample{"decomposed", u"Le cafe\u0301 ouvre tre\u0300s to\u0302t, de\u0300s l\u2019e\u0301te\u0301. "},
    Sample{"short_code_ascii", u"Your code is 123456. Do not share it. ", SenderKind::ShortCode},
};

std::u16string repeated(std::u16string_view pattern, std::size_t units) {
    std::u16string text;
    while (text.size() < units)
        text.append(pattern);
    text.resize(units);
    return text;
}

QString caseName(const Sample &sample, const char *what) {
    return QLatin1String(sample.name) + QLatin1Char('_') + QLatin1String(what);
}

void measure(Bench &bench, const Sample &sample) {
    const std::u16string text = repeated(sample.pattern, length);
    const sms::Count counted = sms::count(text, sample.sender);
    const sms::Diagnosis diagnosis = sms::diagnose(text, sample.sender);
    const QJsonObject context{{QStringLiteral("utf16_units"), int(length)},
                              {QStringLiteral("segments"), counted.segments},
                              {QStringLiteral("forcing"), diagnosis.forcingTotal}};
    const QString perCharacter = QStringLiteral("ns/character");

    const double count = nanosecondsPerCall([&] { keep(sms::count(text, sample.sender).segments); });
    bench.report(
        {caseName(sample, "count"), count / length, perCharacter, Better::Lower, countCeiling, context});

    std::array<int, 64> starts{};
    const double withStarts = nanosecondsPerCall(
        [&] { keep(sms::countWithStarts(text, sample.sender, starts.data(), int(starts.size())).segments); });
    bench.report({caseName(sample, "starts"), withStarts / length, perCharacter, Better::Lower, startsCeiling,
                  context});

    const double keystroke =
        nanosecondsPerCall([&] { keep(sms::diagnose(text, sample.sender).forcingTotal); });
    bench.report({caseName(sample, "keystroke"), keystroke / 1000, QStringLiteral("us"), Better::Lower,
                  keystrokeCeiling, context});
}

void run(Bench &bench) {
    for (const Sample &sample : samples)
        measure(bench, sample);
}

const Registration registration("segments", run);

} // namespace

} // namespace longcode::bench
