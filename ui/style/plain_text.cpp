#include "style/plain_text.h"

namespace longcode::style {

bool isDirectionControl(char16_t character) {
    return (character >= 0x202a && character <= 0x202e) || (character >= 0x2066 && character <= 0x2069) ||
           character == 0x200e || character == 0x200f || character == 0x061c;
}

QString singleLine(const QString &foreign) {
    QString line;
    line.reserve(foreign.size());
    for (const QChar character : foreign) {
        if (isDirectionControl(character.unicode()))
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

QString isolated(const QString &foreign) {
    return QChar(0x2068) + singleLine(foreign) + QChar(0x2069);
}

} // namespace longcode::style
