#include "spelling/dictionary.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QStringDecoder>
#include <QStringEncoder>

#include <hunspell/hunspell.hxx>

namespace longcode::spelling {

namespace {

struct DictionaryWords {
    Q_DECLARE_TR_FUNCTIONS(longcode::spelling::Dictionary)
};

/// Hunspell speaks the dictionary's own encoding. Qt knows UTF-8 and Latin-1 without ICU's help; a dictionary
/// in another one is refused rather than misread.
std::optional<QStringConverter::Encoding> encodingOf(const std::string &name) {
    const QByteArray upper = QByteArray::fromStdString(name).toUpper().replace('-', "").replace('_', "");
    if (upper == "UTF8")
        return QStringConverter::Utf8;
    if (upper == "ISO88591" || upper == "ISO885915" || upper == "ASCII")
        return QStringConverter::Latin1;
    return std::nullopt;
}

class HunspellDictionary final : public Dictionary {
public:
    explicit HunspellDictionary(const DictionaryFile &file)
        : m_language(file.language)
        , m_words(systemPath(file.affixes).constData(), systemPath(file.words).constData()) {
        if (const auto encoding = encodingOf(m_words.get_dict_encoding()))
            m_encoding = *encoding;
        else
            m_isReadable = false;
    }

    [[nodiscard]] bool isReadable() const { return m_isReadable; }
    [[nodiscard]] QString encodingName() const {
        return QString::fromLatin1(m_words.get_dict_encoding().c_str());
    }
    [[nodiscard]] QString language() const override { return m_language; }

    [[nodiscard]] bool knows(const QString &word) override {
        if (word.size() > longestWord)
            return true;
        const std::optional<std::string> bytes = encoded(word);
        return !bytes || m_words.spell(*bytes);
    }

    [[nodiscard]] QStringList suggestions(const QString &word) override {
        const std::optional<std::string> bytes = encoded(word);
        QStringList found;
        if (!bytes || word.size() > longestWord)
            return found;
        for (const std::string &suggestion : m_words.suggest(*bytes)) {
            if (found.size() == mostSuggestions)
                break;
            QStringDecoder decoder(m_encoding);
            found.append(decoder(QByteArrayView(suggestion.data(), qsizetype(suggestion.size()))));
        }
        return found;
    }

    void accept(const QString &word) override {
        if (const std::optional<std::string> bytes = encoded(word))
            m_words.add(*bytes);
    }

private:
    /// On Windows hunspell takes UTF-8 behind a prefix that also allows long paths.
    static QByteArray systemPath(const QString &path) {
#ifdef Q_OS_WIN
        return "\\\\?\\" + QString(path).replace(u'/', u'\\').toUtf8();
#else
        return path.toLocal8Bit();
#endif
    }

    /// Nothing when the dictionary's alphabet has not all of it: then it cannot judge the word.
    [[nodiscard]] std::optional<std::string> encoded(const QString &word) const {
        QString plain = word;
        plain.replace(QChar(0x2019), u'\''); // dictionaries are written with the typewriter's apostrophe
        QStringEncoder encoder(m_encoding);
        const QByteArray bytes = encoder(plain);
        if (encoder.hasError())
            return std::nullopt;
        return bytes.toStdString();
    }

    QString m_language;
    mutable Hunspell m_words;
    QStringConverter::Encoding m_encoding = QStringConverter::Utf8;
    bool m_isReadable = true;
};

} // namespace

Result<std::shared_ptr<Dictionary>, Failure> openDictionary(const DictionaryFile &file) {
    for (const QString &path : {file.affixes, file.words}) {
        const QFileInfo info(path);
        if (!info.isReadable() || info.size() == 0)
            return failed(
                Failure{DictionaryWords::tr("The spelling dictionary %1 cannot be read.").arg(file.language),
                        DictionaryWords::tr("Install it again, or choose another language.")});
    }
    auto dictionary = std::make_shared<HunspellDictionary>(file);
    if (!dictionary->isReadable())
        return failed(Failure{
            DictionaryWords::tr("The spelling dictionary %1 is written in %2, which is not supported.")
                .arg(file.language, dictionary->encodingName()),
            DictionaryWords::tr("Install one in UTF-8, or choose another language.")});
    return std::shared_ptr<Dictionary>(std::move(dictionary));
}

} // namespace longcode::spelling
