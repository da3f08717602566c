#include "spelling/language_choice.h"

#include <QLocale>

namespace longcode::spelling {

namespace {

/// "de-AT", "de_AT.UTF-8", "de_AT@euro" → "de_AT".
QString posixForm(const QString &tag) {
    QString form = tag.trimmed();
    for (const QChar end : {QChar(u'.'), QChar(u'@')}) {
        if (const qsizetype at = form.indexOf(end); at >= 0)
            form.truncate(at);
    }
    return form.replace(u'-', u'_');
}

QString languageOf(const QString &form) {
    return form.section(u'_', 0, 0).toLower();
}

std::optional<DictionaryFile> bestFor(const QString &wish, const QList<DictionaryFile> &available) {
    const QString form = posixForm(wish);
    const QString language = languageOf(form);
    if (language.isEmpty() || language == QStringLiteral("c"))
        return std::nullopt;
    const QString usual = QLocale(language).name(); // "en" → "en_US"
    std::optional<DictionaryFile> of;
    int best = 0;
    for (const DictionaryFile &file : available) {
        const QString name = posixForm(file.language);
        if (languageOf(name) != language)
            continue;
        const int fit = name.compare(form, Qt::CaseInsensitive) == 0 && form.contains(u'_') ? 4
                        : form.contains(u'_') && name.startsWith(form, Qt::CaseInsensitive) ? 3
                        : name.startsWith(usual, Qt::CaseInsensitive)                       ? 2
                                                                                            : 1;
        if (fit > best) {
            best = fit;
            of = file;
        }
    }
    return of;
}

} // namespace

std::optional<DictionaryFile> chooseDictionary(const QList<DictionaryFile> &available,
                                               const LanguageWishes &wishes) {
    if (!wishes.contact.trimmed().isEmpty())
        return bestFor(wishes.contact, available);
    for (const QString &wish : {wishes.setting, wishes.locale}) {
        if (const auto found = bestFor(wish, available))
            return found;
    }
    return std::nullopt;
}

QString languageInWords(const QString &language) {
    const QString form = posixForm(language);
    const QLocale locale(form);
    if (locale.language() == QLocale::C)
        return language;
    const QString name = QLocale::languageToString(locale.language());
    if (!form.contains(u'_'))
        return name;
    return name + QStringLiteral(" (") + QLocale::territoryToString(locale.territory()) + u')';
}

} // namespace longcode::spelling
