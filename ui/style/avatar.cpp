#include "style/avatar.h"

#include "style/plain_text.h"

#include <QPainter>
#include <QTextBoundaryFinder>

#include <array>

namespace longcode::style {

namespace {

/// White letters on each of these keep a contrast of at least 4.5.
constexpr std::array<QRgb, 10> discColours{0xff7e5bbf, 0xff2f6fd6, 0xffb8560f, 0xff1f7d4f, 0xff5f6b7d,
                                           0xffba3a62, 0xff00796b, 0xff8a5a2b, 0xff4b5fc4, 0xff8b3fa0};

/// Stable over runs and machines, unlike qHash.
quint32 stableHash(const QString &text) {
    quint32 hash = 2166136261U;
    for (const QChar character : text)
        hash = (hash ^ character.unicode()) * 16777619U;
    return hash;
}

QString firstCharacter(const QString &word) {
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, word);
    const auto end = finder.toNextBoundary();
    return end > 0 ? word.left(end).toUpper() : QString();
}

bool startsWithLetter(const QString &word) {
    const auto codePoints = QStringView(word).left(2).toUcs4();
    return !codePoints.isEmpty() && QChar::isLetter(codePoints.front());
}

} // namespace

QString initials(const QString &nameOrNumber) {
    QStringList words;
    QString digits;
    for (const QString &word : singleLine(nameOrNumber).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        if (startsWithLetter(word))
            words << word;
        for (const QChar character : word) {
            if (character.isDigit())
                digits += character;
        }
    }
    if (words.isEmpty())
        return digits.right(2);
    return words.size() == 1 ? firstCharacter(words.front())
                             : firstCharacter(words.front()) + firstCharacter(words.back());
}

void paintAvatar(QPainter *painter, const QRectF &disc, const QString &nameOrNumber, const QString &key) {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(QColor(discColours[stableHash(key) % discColours.size()]));
    painter->drawEllipse(disc);
    QFont font = painter->font();
    font.setPixelSize(qMax(8, qRound(disc.height() * 0.36)));
    font.setWeight(QFont::Bold);
    painter->setFont(font);
    painter->setPen(Qt::white);
    painter->drawText(disc, Qt::AlignCenter, initials(nameOrNumber));
    painter->restore();
}

Avatar::Avatar(int extent, QWidget *parent) : QWidget(parent) {
    setFixedSize(extent, extent);
}

void Avatar::setPerson(const QString &nameOrNumber, const QString &key) {
    m_name = nameOrNumber;
    m_key = key;
    update();
}

void Avatar::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    paintAvatar(&painter, QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), m_name, m_key);
}

} // namespace longcode::style
