#include "support/filled_texts.h"

#include <QRandomGenerator>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <vector>

namespace longcode::tests {

namespace {

QStringList split(const QString &words) {
    return words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

/// By falling frequency.
const QStringList &words() {
    static const QStringList all = split(QStringLiteral(
        "you the to your is a we for and it on at can in I will this order please be our of have are that "
        "with not if me today me. when thanks or now my was tomorrow here time see so just ready from but "
        "appointment up call do as no yes any by out back pick get let know all okay there about what "
        "delivery again still come they has been sorry number need an them before day after morning which "
        "how good thank store email address make card much help been soon who then hello would monday had "
        "friday moved arrive hours open until new confirm late people pay invoice driver outside running "
        "table street code two tuesday price refund wednesday five thursday saturday sunday weekend office "
        "package door mail phone visit team name next size blue red black white small large repair bike "
        "tire brake frame wheel chain bell lock helmet light battery charger cable screen glass lens eye "
        "doctor clinic nurse dose results blood test fasting bring insurance form sign upload photo reply "
        "stop start wrong missing broken leaking noisy cold hot kitchen bath room keys parking lot gate "
        "garden plants tree roof window paint wall floor carpet clean dirty wash dry press suit dress shirt "
        "déjà niño café mañana señor gracias größe straße später Mädchen naïve garçon crème brûlée piñata "
        "привет спасибо заказ مرحبا شكرا شلום תודה 你好 谢谢 😀 👍 🙏 🎉 ❤️ "
        "warranty serial estimate deposit balance receipt discount coupon loyalty points member account "
        "password reset verify secure access policy contract lease tenant landlord plumber electrician "
        "furnace filter thermostat vent duct boiler pump valve faucet sink drain toilet shower tile grout "
        "cabinet drawer shelf hinge handle knob screw nail hammer drill saw ladder rope bucket mop broom"));
    return all;
}

/// Word n comes about as often as 1/(n+1): what is known of every language.
const std::vector<double> &chances() {
    static const std::vector<double> all = [] {
        std::vector<double> sums;
        double sum = 0;
        for (qsizetype i = 0; i < words().size(); ++i)
            sums.push_back(sum += 1.0 / (double(i) + 2.7));
        return sums;
    }();
    return all;
}

const QString &word(QRandomGenerator &random) {
    const double place = random.generateDouble() * chances().back();
    const auto found = std::lower_bound(chances().begin(), chances().end(), place);
    return words().at(std::min<qsizetype>(found - chances().begin(), words().size() - 1));
}

QString orderCode(int number) {
    return QChar(u'A' + number % 26) + QString::number(10000 + number);
}

} // namespace

QString filledText(int number, QRandomGenerator &random) {
    QString text;
    const int length = 2 + static_cast<int>(random.bounded(random.bounded(20) == 0 ? 90 : 16));
    text.reserve(length * 7);
    for (int i = 0; i < length; ++i) {
        text += word(random);
        text += i % 9 == 8 ? QStringLiteral(". ") : QStringLiteral(" ");
    }
    if (number % 5 == 0)
        text += orderCode(number);
    else
        text.chop(1);
    return text;
}

QString filledName(int conversation) {
    static const QStringList first = split(QStringLiteral(
        "María Pat Chloë José Anna Li Omar Søren Zoë Jürgen Fatima Noah Emma Łukasz Nguyễn Olga Yusuf "
        "محمد דוד Иван 王 Siobhán Renée Björn Ana Grace Theo Ida Ruth Sam Kwame Priya"));
    static const QStringList last = split(QStringLiteral(
        "López O'Neill García Müller Smith Johnson Çelik Østergaard Dvořák Brown Nowak Silva Ivanova Kim "
        "Patel Nkrumah Haddad Cohen Петров 小明 Fitzgerald-Wellington Jones Rossi Dubois Sánchez Weiß"));
    return first.at(conversation % first.size()) + QLatin1Char(' ') +
           last.at((conversation / first.size()) % last.size()) + QLatin1Char(' ') +
           QString::number(conversation);
}

} // namespace longcode::tests
