#include "style/plain_text.h"

#include <QLabel>
#include <QMessageBox>

namespace longcode::style {

bool isDirectionControl(char16_t character) {
    return (character >= 0x202a && character <= 0x202e) || (character >= 0x2066 && character <= 0x2069) ||
           character == 0x200e || character == 0x200f || character == 0x061c;
}

namespace {

enum class Isolates : quint8 { Keep, Remove };

bool isIsolate(QChar character) {
    return character == QChar(0x2068) || character == QChar(0x2069);
}

QString oneLine(const QString &text, Isolates isolates) {
    QString line;
    line.reserve(text.size());
    for (const QChar character : text) {
        const bool kept = isolates == Isolates::Keep && isIsolate(character);
        if (isDirectionControl(character.unicode()) && !kept)
            continue;
        const bool breaks = character.category() == QChar::Other_Control ||
                            character == QChar::LineSeparator || character == QChar::ParagraphSeparator;
        if (!breaks)
            line += character;
        else if (!line.endsWith(QLatin1Char(' ')))
            line += QLatin1Char(' ');
    }
    return line.trimmed();
}

} // namespace

QString singleLine(const QString &foreign) {
    return oneLine(foreign, Isolates::Remove);
}

QString displayLine(const QString &sentence) {
    return oneLine(sentence, Isolates::Keep);
}

QString isolated(const QString &foreign) {
    return QChar(0x2068) + singleLine(foreign) + QChar(0x2069);
}

QString plainToolTip(const QString &foreign) {
    if (foreign.isEmpty())
        return {};
    const QString escaped = foreign.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>"));
    return QStringLiteral("<qt>%1</qt>").arg(escaped);
}

void showAsPlainText(QMessageBox &box) {
    box.setTextFormat(Qt::PlainText);
    const QList<QLabel *> labels = box.findChildren<QLabel *>();
    for (QLabel *label : labels) {
        label->setTextFormat(Qt::PlainText);
        label->setOpenExternalLinks(false);
    }
}

} // namespace longcode::style
