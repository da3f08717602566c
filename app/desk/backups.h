#pragma once

#include "base/failure.h"
#include "base/result.h"
#include "store/error.h"

#include <QDate>
#include <QList>
#include <QObject>

#include <memory>
#include <optional>

namespace longcode::store {
class StopSign;
}

namespace longcode::desk {

/// A backup of a console's store: `folder`/backups/console-YYYY-MM-DD.sqlite. Only whole ones get that name.
struct Backup {
    QString path;
    QDate day;
    QDateTime at; ///< when it was finished
    qint64 bytes = 0;
    friend bool operator==(const Backup &, const Backup &) = default;
};

/// The backups of a profile folder, newest first.
[[nodiscard]] QList<Backup> backupsOf(const QString &folder);

/// Asked when the program quits: what reads files through on another thread then ends. UI thread.
[[nodiscard]] std::shared_ptr<store::StopSign> askedAtQuit();

/// The newest one that is whole and of a version known here. Reads them through until there is one: blocks.
[[nodiscard]] std::optional<Backup> newestUsableBackup(const QString &folder, store::StopSign &stop);

/// Whether a folder has backups but no store: it was taken away, and an empty one would hide that.
[[nodiscard]] bool isStoreMissing(const QString &folder);

/// Puts a backup in the place of the folder's store, which no console may have open. The backup is checked
/// first and stays; the damaged file, if there is one, is moved aside, never deleted: where to. Blocks.
[[nodiscard]] Result<QString, Failure> restoreBackup(const QString &folder, const QString &backupFile);

/// For a person: what is wrong with the store in this folder, and for a damaged one which backup he can put
/// back: the newest usable one, so this blocks. The same as store::sentence() for everything else.
[[nodiscard]] Failure storeSentence(const store::StoreError &error, const QString &folder,
                                    store::StopSign &stop);
/// The same of a store that is missing.
[[nodiscard]] Failure missingStoreSentence(const QString &folder, store::StopSign &stop);

/// The backup that storeSentence() or missingStoreSentence() named; none: it was about something else.
[[nodiscard]] std::optional<Backup> backupNamedIn(const Failure &failure, const QString &folder);

/// Copies of the account's store, made once a day in the background. Each copy is read through when it is
/// made, so a damaged page is noticed within a day. UI thread; nothing here waits.
class Backups : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    [[nodiscard]] virtual bool isOn() const = 0;
    virtual void setOn(bool on) = 0;
    /// The folder they are in.
    [[nodiscard]] virtual QString place() const = 0;
    /// Newest first; `at` of the first is when the last one was made.
    [[nodiscard]] virtual QList<Backup> all() const = 0;
    [[nodiscard]] virtual bool isRunning() const = 0;
    /// Why the last try made none; none: it did, or none was tried since the start.
    [[nodiscard]] virtual std::optional<Failure> trouble() const = 0;
    /// Now, whether it is on or not; today's is replaced.
    virtual void backUpNow() = 0;

    static constexpr int kept = 7; ///< so many days

Q_SIGNALS:
    void changed(); ///< anything above
    /// No backup was made. Of the automatic ones, the same failure is told once a day.
    void failed(const longcode::Failure &why);
};

} // namespace longcode::desk
