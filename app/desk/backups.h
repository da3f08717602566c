#pragma once

#include "base/clock.h"
#include "base/failure.h"
#include "base/result.h"
#include "store/error.h"

#include <QDate>
#include <QList>
#include <QObject>
#include <QTimer>

#include <optional>

namespace longcode::store {
class Reader;
class Store;
} // namespace longcode::store

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

/// Puts a backup in the place of the folder's store, which no console may have open. The backup is checked
/// first and stays; the damaged file is moved aside, never deleted: where to. Blocks.
[[nodiscard]] Result<QString, Failure> restoreBackup(const QString &folder, const QString &backupFile);

/// For a person: what is wrong with the store in this folder, and for a damaged one which backup he can put
/// back. The same as store::sentence() for everything else.
[[nodiscard]] Failure storeSentence(const store::StoreError &error, const QString &folder);

/// Whether storeSentence() said of a store that it is damaged.
[[nodiscard]] bool isDamage(const Failure &failure);

/// Copies the store once a day in the background and keeps the copies of seven days. Each copy is read
/// through when it is made, so a damaged page is noticed within a day. UI thread; nothing here waits.
class Backups : public QObject {
    Q_OBJECT
public:
    /// All must outlive it. `folder`: the profile's. The first look is `firstLookMs` after the start, so that
    /// starting is not slowed.
    Backups(store::Store &store, store::Reader &reader, const Clock &clock, const QString &folder,
            int firstLookMs = 60'000, QObject *parent = nullptr);

    [[nodiscard]] bool isOn() const;
    void setOn(bool on);
    [[nodiscard]] QList<Backup> all() const { return backupsOf(m_folder); }
    [[nodiscard]] bool isRunning() const { return m_running; }
    /// Now, whether it is on or not; today's is replaced.
    void backUpNow();

    static constexpr int kept = 7;

Q_SIGNALS:
    void changed(); ///< all(), isOn() or isRunning()
    /// No backup was made. Of the automatic ones, the same failure is told once a day.
    void failed(const longcode::Failure &why);

private:
    void look();
    void onCopied(const Result<qint64, store::StoreError> &outcome);
    void tell(const store::StoreError &error);
    /// The day that a backup made now is of.
    [[nodiscard]] QDate today() const;
    void dropOld();

    store::Store &m_store;
    store::Reader &m_reader;
    const Clock &m_clock;
    QString m_folder;
    QTimer m_timer;
    bool m_running = false;
    bool m_asked = false; ///< by a person
    std::optional<bool> m_on;
    QDate m_toldOn;
    store::StoreErrorKind m_told = store::StoreErrorKind::StatementFailed;
};

} // namespace longcode::desk
