#include "rules/visible_controls.h"

#include <QList>

#include <algorithm>

namespace longcode::rules {

namespace {

constexpr char32_t popDirectional = 0x202C;
constexpr char32_t popIsolate = 0x2069;

bool isOverride(char32_t c) {
    return c == 0x202D || c == 0x202E;
}

bool isEmbedding(char32_t c) {
    return c == 0x202A || c == 0x202B || isOverride(c);
}

bool isIsolate(char32_t c) {
    return c >= 0x2066 && c <= 0x2068;
}

QString spelled(char32_t c) {
    return QStringLiteral("\u27E8U+%1\u27E9").arg(static_cast<uint>(c), 4, 16, QLatin1Char('0')).toUpper();
}

/// Finds which direction controls of a text must be shown.
class DirectionPairs {
public:
    explicit DirectionPairs(const QList<uint> &text) : m_isShown(text.size(), false) {
        for (qsizetype i = 0; i < text.size(); ++i)
            look(text[i], i);
        showOpen();
    }
    [[nodiscard]] bool isShown(qsizetype at) const { return m_isShown[at]; }

private:
    struct Open {
        char32_t control;
        qsizetype at;
    };

    void look(char32_t c, qsizetype at) {
        if (isEmbedding(c) || isIsolate(c))
            m_open.append({c, at});
        else if (c == popDirectional)
            close(at, !m_open.isEmpty() && isEmbedding(m_open.constLast().control));
        else if (c == popIsolate)
            closeIsolate(at);
        else if (c == U'\n' || c == 0x2029)
            showOpen();
    }

    void close(qsizetype at, bool isPair) {
        m_isShown[at] = !isPair || isOverride(m_open.constLast().control);
        if (!isPair)
            return;
        m_isShown[m_open.constLast().at] = isOverride(m_open.constLast().control);
        m_open.removeLast();
    }

    /// An isolate's end closes the embeddings within it, too.
    void closeIsolate(qsizetype at) {
        const bool isPair = std::any_of(m_open.begin(), m_open.end(),
                                        [](const Open &open) { return isIsolate(open.control); });
        m_isShown[at] = !isPair;
        while (isPair && !isIsolate(m_open.constLast().control))
            m_isShown[m_open.takeLast().at] = true;
        if (isPair)
            m_open.removeLast();
    }

    void showOpen() {
        for (const Open &open : std::as_const(m_open))
            m_isShown[open.at] = true;
        m_open.clear();
    }

    QList<bool> m_isShown;
    QList<Open> m_open;
};

bool isPlainControl(char32_t c) {
    return QChar::category(c) == QChar::Other_Control && c != U'\n' && c != U'\r' && c != U'\t';
}

bool isSeen(uint c) {
    return !QChar::isSpace(c) && !isHiddenCharacter(c) && !isPlainControl(c) && c != 0x2800;
}

} // namespace

bool isHiddenCharacter(char32_t c) {
    switch (c) {
    case 0x00AD: // soft hyphen
    case 0x034F: // combining grapheme joiner
    case 0x061C: // Arabic letter mark
    case 0x115F: // Hangul fillers
    case 0x1160:
    case 0x3164:
    case 0xFFA0:
    case 0x180E: // Mongolian vowel separator
    case 0xFEFF: // zero-width no-break space
        return true;
    default:
        return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
               (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0000 && c <= 0xE01EF);
    }
}

bool isInvisible(const QString &text) {
    const QList<uint> characters = text.toUcs4();
    return std::none_of(characters.begin(), characters.end(), isSeen);
}

QString displayWithVisibleControls(const QString &text) {
    const bool isPlain = std::none_of(text.begin(), text.end(), [](QChar c) {
        return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format;
    });
    const bool showsAll = isInvisible(text);
    if (isPlain && !showsAll)
        return text;
    const QList<uint> characters = text.toUcs4();
    const DirectionPairs pairs(characters);
    QString shown;
    for (qsizetype i = 0; i < characters.size(); ++i) {
        const char32_t c = characters[i];
        const bool isSpelled = pairs.isShown(i) || isPlainControl(c) || (showsAll && isHiddenCharacter(c));
        shown += isSpelled ? spelled(c) : QString::fromUcs4(&c, 1);
    }
    return shown;
}

} // namespace longcode::rules
