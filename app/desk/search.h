#pragma once

#include "base/result.h"
#include "desk/values.h"

#include <QAbstractListModel>
#include <QFuture>
#include <QObject>

#include <optional>
#include <utility>

namespace longcode::desk {

/// What is looked for: all that is set must fit.
struct SearchQuery {
    QString text; ///< as typed: words (the last by its beginning), names, digits of numbers
    std::optional<phone::Address> own; ///< conversations of this number of ours
    QDate from, to;                    ///< local days, both included; invalid: no limit
    std::optional<MessageState> state;
    bool hasMedia = false;
    QString errorCode; ///< empty: any or none
    /// Nothing is asked for.
    [[nodiscard]] bool isEmpty() const;
    friend bool operator==(const SearchQuery &, const SearchQuery &) = default;
};

enum class HitKind : quint8 {
    Person, ///< a conversation, found by name or number
    Text    ///< a message
};

/// A stretch of a text, UTF-16 units.
using Mark = std::pair<qsizetype, qsizetype>; // begin, length

struct SearchHit {
    HitKind kind = HitKind::Text;
    ConversationId conversation;
    MessageRow message;     ///< of a text
    QString who;            ///< the customer's name, or his number as people read it
    QString snippet;        ///< one line of plain text around the words found; of a person: the number
    QList<Mark> marks;      ///< what was found, in `snippet`
    QList<Mark> whoMarks{}; ///< of a person: what was found, in `who`
    QDateTime at;
    Direction direction = Direction::Inbound;
    friend bool operator==(const SearchHit &, const SearchHit &) = default;
};

enum SearchModelRole { SearchHitRole = Qt::UserRole + 1 /* desk::SearchHit */ };

/// Finds people and texts in everything that was ever said. Runs on a thread of its own: nothing here waits.
/// Lives on the UI thread.
class Search : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// People first, then texts, newest first; more texts through canFetchMore/fetchMore. Owned by the
    /// search.
    [[nodiscard]] virtual QAbstractItemModel &hits() = 0;
    /// Begins a search and ends the one before, whose late hits are dropped. The hits of the one before stay
    /// until the first new ones are there.
    virtual void start(const SearchQuery &query) = 0;
    [[nodiscard]] virtual SearchQuery query() const = 0;
    [[nodiscard]] virtual bool isRunning() const = 0;

    /// All places in one conversation, newest first; at most 10,000.
    virtual QFuture<Result<QList<MessageRow>, Failure>> findIn(ConversationId id, const QString &text) = 0;

Q_SIGNALS:
    void runningChanged();
    /// The search could not read the store.
    void failed(const longcode::Failure &why);
};

} // namespace longcode::desk

Q_DECLARE_METATYPE(longcode::desk::SearchHit)
