#pragma once

#include "spelling/dictionary_files.h"
#include "spelling/own_words.h"

#include <QObject>
#include <QTextCursor>
#include <QTimer>

#include <memory>
#include <optional>

class QMenu;
class QTextBlock;

namespace longcode::spelling {
class Dictionary;
}

namespace longcode::composer {

class ComposerEdit;
class Habits;

/// Whose text is being written.
struct SpellingContext {
    QString name;     ///< the customer's; its words are right
    QString language; ///< the customer's (BCP 47), or empty
};

/// Marks words that are spelled wrong in a composer, offers others in its menu. Looks words up when the
/// person pauses, block by block, only in those that have changed, a few milliseconds at a time; never in the
/// word at the caret. A dictionary is read on a thread of the pool once there is something to check. The edit
/// and the habits outlive it. UI thread.
class SpellCheck final : public QObject {
    Q_OBJECT
public:
    SpellCheck(ComposerEdit &edit, Habits &habits, QObject *parent = nullptr);
    ~SpellCheck() override;

    void setContext(const SpellingContext &context);
    /// The dictionary in use ("en_US"), or empty.
    [[nodiscard]] QString language() const;

Q_SIGNALS:
    /// A pass over the text has ended: everything in it has been looked up.
    void settled();
    /// A word added by the person counts, but could not be written down.
    void wordNotKept(const longcode::Failure &why);

private:
    void chooseLanguage();
    void readDictionary();
    void takeDictionary(const spelling::DictionaryFile &file,
                        const std::shared_ptr<spelling::Dictionary> &dictionary);
    void contentsChanged(int position, int removed, int added);
    void caretMoved();
    void checkSome();
    void checkBlock(const QTextBlock &block);
    void recheckAll();
    void show();
    [[nodiscard]] bool isRight(const QString &word);
    void extendMenu(QMenu *menu, int position);
    void offer(QMenu *menu, const QTextCursor &marked);
    void addOwn(const QString &word);

    ComposerEdit &m_edit;
    Habits &m_habits;
    spelling::OwnWords m_own;
    QTimer m_pause;
    SpellingContext m_context;
    QStringList m_nameWords;
    QList<spelling::DictionaryFile> m_available;
    std::optional<spelling::DictionaryFile> m_wanted;
    bool m_reading = false;
    std::shared_ptr<spelling::Dictionary> m_dictionary;
    QList<QTextCursor> m_wrong; ///< each selects a word
    int m_atCaret = -1;         ///< where the word begins that was left out, or -1
};

} // namespace longcode::composer
