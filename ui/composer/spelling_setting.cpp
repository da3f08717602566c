#include "composer/spelling_setting.h"

#include "composer/habits.h"
#include "spelling/language_choice.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

namespace longcode::composer {

SpellingSetting::SpellingSetting(Habits &habits, QWidget *parent)
    : QWidget(parent)
    , m_habits(habits)
    , m_checks(new QCheckBox(tr("&Check spelling as you type"), this))
    , m_language(new QComboBox(this))
    , m_words(new QLabel(this)) {
    setObjectName(QStringLiteral("spellingSetting"));
    m_checks->setObjectName(QStringLiteral("checkSpelling"));
    m_language->setObjectName(QStringLiteral("spellingLanguage"));
    m_language->setAccessibleName(tr("Language of the spelling check"));
    m_words->setObjectName(QStringLiteral("spellingWords"));
    m_words->setTextFormat(Qt::PlainText);
    m_words->setWordWrap(true);
    m_words->setForegroundRole(QPalette::PlaceholderText);
    auto *row = new QHBoxLayout;
    row->setSpacing(10);
    row->addWidget(m_checks);
    row->addWidget(m_language);
    row->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addLayout(row);
    column->addWidget(m_words);
    fillLanguages();
    connect(m_checks, &QCheckBox::toggled, &m_habits, &Habits::setChecksSpelling);
    connect(m_language, &QComboBox::activated, this,
            [this] { m_habits.setSpellingLanguage(m_language->currentData().toString()); });
    connect(&m_habits, &Habits::spellingChanged, this, &SpellingSetting::showHabits);
    showHabits();
}

void SpellingSetting::fillLanguages() {
    m_language->addItem(tr("The system's language"), QString());
    const auto available = spelling::dictionariesIn(spelling::dictionaryFolders());
    for (const spelling::DictionaryFile &file : available)
        m_language->addItem(spelling::languageInWords(file.language), file.language);
}

void SpellingSetting::showHabits() {
    const bool any = m_language->count() > 1;
    const bool checks = any && m_habits.checksSpelling();
    m_checks->setEnabled(any);
    m_checks->setChecked(checks);
    m_language->setEnabled(checks);
    m_language->setCurrentIndex(qMax(0, m_language->findData(m_habits.spellingLanguage())));
    const auto available = spelling::dictionariesIn(spelling::dictionaryFolders());
    const bool found =
        spelling::chooseDictionary(available, {{}, m_habits.spellingLanguage(), QLocale().name()})
            .has_value();
    if (!any)
        m_words->setText(
            tr("This computer has no spelling dictionary, so nothing is checked. Install one of "
               "hunspell's (for example the package hunspell-en-us), then start Longcode again."));
    else if (checks && !found)
        m_words->setText(tr("There is no dictionary for your system's language. Choose one of the list."));
    else
        m_words->setText(tr("A customer's own language goes first. Right-click a marked word for other "
                            "spellings."));
}

} // namespace longcode::composer
