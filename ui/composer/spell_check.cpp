#include "composer/spell_check.h"

#include "base/when_finished.h"
#include "composer/composer_edit.h"
#include "composer/habits.h"
#include "spelling/dictionary.h"
#include "spelling/language_choice.h"
#include "spelling/words.h"

#include <QAction>
#include <QDeadlineTimer>
#include <QLocale>
#include <QMenu>
#include <QPromise>
#include <QTextBlock>
#include <QTextDocument>
#include <QThreadPool>

#include <algorithm>

namespace longcode::composer {

namespace {

constexpr int pauseBeforeChecking = 300; ///< ms
constexpr int longestSlice = 6;          ///< ms of the UI thread at a time

// What a block's user state says.
constexpr int changedBlock = -1;
constexpr int checkedBlock = 1;

using Opened = Result<std::shared_ptr<spelling::Dictionary>, Failure>;

QFuture<Opened> openInBackground(const spelling::DictionaryFile &file) {
    auto promise = std::make_shared<QPromise<Opened>>();
    promise->start();
    QThreadPool::globalInstance()->start([promise, file] {
        promise->addResult(spelling::openDictionary(file));
        promise->finish();
    });
    return promise->future();
}

} // namespace

SpellCheck::SpellCheck(ComposerEdit &edit, Habits &habits, QObject *parent)
    : QObject(parent)
    , m_edit(edit)
    , m_habits(habits)
    , m_own(habits.ownWordsFile())
    , m_available(spelling::dictionariesIn(spelling::dictionaryFolders())) {
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &SpellCheck::checkSome);
    connect(m_edit.document(), &QTextDocument::contentsChange, this, &SpellCheck::contentsChanged);
    connect(&m_edit, &QPlainTextEdit::cursorPositionChanged, this, &SpellCheck::caretMoved);
    connect(&m_edit, &ComposerEdit::menuAboutToShow, this, &SpellCheck::extendMenu);
    connect(&m_habits, &Habits::spellingChanged, this, &SpellCheck::chooseLanguage);
    chooseLanguage();
}

SpellCheck::~SpellCheck() = default;

void SpellCheck::setContext(const SpellingContext &context) {
    const bool sameLanguage = context.language == m_context.language;
    const bool sameName = context.name == m_context.name;
    m_context = context;
    m_nameWords = spelling::wordsOfName(context.name);
    if (!sameLanguage)
        chooseLanguage();
    else if (!sameName)
        recheckAll();
}

QString SpellCheck::language() const {
    return m_dictionary ? m_dictionary->language() : QString();
}

void SpellCheck::chooseLanguage() {
    m_wanted.reset();
    if (m_habits.checksSpelling())
        m_wanted = spelling::chooseDictionary(
            m_available, {m_context.language, m_habits.spellingLanguage(), QLocale().name()});
    if (!m_wanted || m_wanted->language != language())
        m_dictionary.reset();
    recheckAll();
}

/// Everything is looked up again, after the usual pause.
void SpellCheck::recheckAll() {
    for (QTextBlock block = m_edit.document()->begin(); block.isValid(); block = block.next())
        block.setUserState(changedBlock);
    if (!m_dictionary) {
        m_wrong.clear();
        show();
    }
    m_pause.start(pauseBeforeChecking);
}

void SpellCheck::readDictionary() {
    if (m_reading || !m_wanted)
        return;
    m_reading = true;
    whenFinished(openInBackground(*m_wanted), this, [this, file = *m_wanted](const Opened &opened) {
        m_reading = false;
        if (opened) {
            takeDictionary(file, *opened);
            return;
        }
        // It cannot be read: as good as not there. The settings say so.
        m_available.removeAll(file);
        chooseLanguage();
    });
}

void SpellCheck::takeDictionary(const spelling::DictionaryFile &file,
                                const std::shared_ptr<spelling::Dictionary> &dictionary) {
    if (m_wanted != file) { // another customer meanwhile
        m_pause.start(0);
        return;
    }
    m_dictionary = dictionary;
    for (const QString &word : m_own.all())
        m_dictionary->accept(word);
    m_pause.start(0);
}

void SpellCheck::contentsChanged(int position, int, int added) {
    QTextDocument *document = m_edit.document();
    const QTextBlock last = document->findBlock(qMin(position + added, document->characterCount() - 1));
    for (QTextBlock block = document->findBlock(position); block.isValid(); block = block.next()) {
        block.setUserState(changedBlock);
        if (block == last)
            break;
    }
    m_pause.start(pauseBeforeChecking);
}

void SpellCheck::caretMoved() {
    if (m_atCaret < 0)
        return;
    QTextBlock block = m_edit.document()->findBlock(m_atCaret);
    m_atCaret = -1;
    if (block.isValid())
        block.setUserState(changedBlock);
    m_pause.start(pauseBeforeChecking);
}

void SpellCheck::checkSome() {
    if (!m_wanted)
        return;
    if (!m_dictionary) {
        if (!m_edit.document()->isEmpty())
            readDictionary();
        return;
    }
    const QDeadlineTimer deadline(longestSlice);
    for (QTextBlock block = m_edit.document()->begin(); block.isValid(); block = block.next()) {
        if (block.userState() == checkedBlock)
            continue;
        if (deadline.hasExpired()) {
            show();
            m_pause.start(0);
            return;
        }
        checkBlock(block);
    }
    show();
    Q_EMIT settled();
}

void SpellCheck::checkBlock(const QTextBlock &block) {
    m_wrong.removeIf([&](const QTextCursor &word) { return !word.hasSelection() || word.block() == block; });
    QTextBlock checked = block;
    checked.setUserState(checkedBlock);
    const QString text = block.text();
    const int caret = m_edit.textCursor().position() - block.position();
    for (const spelling::Word &word : spelling::wordsIn(text)) {
        if (isRight(text.mid(word.begin, word.length)))
            continue;
        const int begin = int(word.begin);
        const int end = int(word.begin + word.length);
        if (m_edit.hasFocus() && caret > begin && caret <= end) { // it is still being written
            m_atCaret = block.position() + begin;
            continue;
        }
        QTextCursor mark(m_edit.document());
        mark.setPosition(block.position() + begin);
        mark.setPosition(block.position() + end, QTextCursor::KeepAnchor);
        m_wrong.append(mark);
    }
}

bool SpellCheck::isRight(const QString &word) {
    QString plain = word;
    plain.replace(QChar(0x2019), u'\'');
    QString stem = plain.toLower();
    if (m_nameWords.contains(stem))
        return true;
    if (stem.endsWith(QStringLiteral("'s")))
        stem.chop(2);
    return m_nameWords.contains(stem) || m_dictionary->knows(plain);
}

void SpellCheck::show() {
    m_wrong.removeIf([](const QTextCursor &word) { return !word.hasSelection(); });
    m_edit.setMisspelt(m_wrong);
}

void SpellCheck::extendMenu(QMenu *menu, int position) {
    const auto at = std::find_if(m_wrong.cbegin(), m_wrong.cend(), [position](const QTextCursor &word) {
        return position >= word.selectionStart() && position <= word.selectionEnd();
    });
    if (at != m_wrong.cend() && m_dictionary)
        offer(menu, *at);
}

void SpellCheck::offer(QMenu *menu, const QTextCursor &marked) {
    const QString word = marked.selectedText();
    QAction *before = menu->actions().value(0);
    const QStringList suggestions = m_dictionary->suggestions(word);
    for (const QString &suggestion : suggestions) {
        auto *action = new QAction(QString(suggestion).replace(u'&', QStringLiteral("&&")), menu);
        action->setObjectName(QStringLiteral("spellingSuggestion"));
        connect(action, &QAction::triggered, this, [marked, suggestion] {
            QTextCursor cursor(marked);
            cursor.insertText(suggestion);
        });
        menu->insertAction(before, action);
    }
    if (suggestions.isEmpty()) {
        auto *none = new QAction(tr("No suggestion"), menu);
        none->setEnabled(false);
        menu->insertAction(before, none);
    }
    auto *own = new QAction(tr("Add “%1” to your words").arg(word), menu);
    own->setObjectName(QStringLiteral("spellingAddWord"));
    connect(own, &QAction::triggered, this, [this, word] { addOwn(word); });
    menu->insertAction(before, own);
    menu->insertSeparator(before);
}

void SpellCheck::addOwn(const QString &word) {
    QString plain = word;
    plain.replace(QChar(0x2019), u'\'');
    if (m_dictionary)
        m_dictionary->accept(plain);
    if (const std::optional<Failure> failure = m_own.add(plain))
        Q_EMIT wordNotKept(*failure);
    recheckAll();
}

} // namespace longcode::composer
