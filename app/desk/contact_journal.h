#pragma once

#include "base/failure.h"
#include "base/result.h"
#include "contacts/undo.h"

#include <QFile>

#include <functional>
#include <memory>
#include <optional>

namespace longcode::store {
class Reader;
class Store;
} // namespace longcode::store

namespace longcode::desk {

enum class JournalKind : quint8 { Import, Merge };

struct JournalHead {
    JournalKind kind = JournalKind::Import;
    QString name; ///< of the file, or of the contact that came out
    QDateTime at;
};

/// What is done to many contacts at once, written down before it is done, a line of JSON for each: so that it
/// can be taken back, by a person or because it was cut short. Belongs to one thread.
class ContactJournal {
public:
    /// `folder`: the profile's.
    explicit ContactJournal(const QString &folder);

    /// The journal of what was done last, and of what is under way (it was cut short when there is one at the
    /// start).
    [[nodiscard]] static QString donePath(const QString &folder);
    [[nodiscard]] static QString underWayPath(const QString &folder);

    /// False too while there is one that was cut short: takeBackUnderWay() comes first.
    [[nodiscard]] bool begin(const JournalHead &head);
    /// On the disk when it returns. `before` without an id: the contact is new.
    [[nodiscard]] bool write(const QList<contacts::ContactChange> &changes);
    [[nodiscard]] bool writeRemoved(const QList<contacts::Contact> &removed);
    /// It is done: this is what can be taken back from now on, instead of what was done before.
    [[nodiscard]] bool finish();
    [[nodiscard]] Failure trouble() const;
    /// Takes back what was done so far, unless the program ends: then the next start does. `why` it was
    /// abandoned, with the truth about what was changed.
    [[nodiscard]] Failure abandon(Failure why, store::Store &store, store::Reader &reader,
                                  const std::function<bool()> &isEnding);

private:
    [[nodiscard]] bool writeLines(const QByteArray &lines);

    QString m_folder;
    QFile m_file;
};

[[nodiscard]] std::optional<JournalHead> journalHead(const QString &path);

/// Takes back what the journal tells, some hundred contacts at a time. What people have changed since stays
/// as it is, and is counted in the sentence. May be run again when it was cut short. Called on any thread but
/// the store's own.
/// `isEnding`: leaves the rest for the next time.
[[nodiscard]] Result<QString, Failure> takeBack(const QString &path, store::Store &store,
                                                store::Reader &reader, const std::function<bool()> &isEnding);

/// The same of what was cut short, if anything was; its journal goes when all is taken back.
[[nodiscard]] std::optional<Failure> takeBackUnderWay(const QString &folder, store::Store &store,
                                                      store::Reader &reader,
                                                      const std::function<bool()> &isEnding);
/// Takes back what was done last. Cut short, it goes on at the next start.
[[nodiscard]] Result<QString, Failure> takeBackLast(const QString &folder, store::Store &store,
                                                    store::Reader &reader,
                                                    const std::function<bool()> &isEnding);

} // namespace longcode::desk
