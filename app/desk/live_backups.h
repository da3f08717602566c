#pragma once

#include "base/clock.h"
#include "desk/backups.h"

#include <QTimer>

namespace longcode::store {
class Reader;
class Store;
} // namespace longcode::store

namespace longcode::desk {

/// The backups of an open store.
class LiveBackups final : public Backups {
    Q_OBJECT
public:
    /// All must outlive it. `folder`: the profile's. The first look is `firstLookMs` after the start, so that
    /// starting is not slowed.
    LiveBackups(store::Store &store, store::Reader &reader, const Clock &clock, const QString &folder,
                int firstLookMs = 60'000, QObject *parent = nullptr);

    [[nodiscard]] bool isOn() const override;
    void setOn(bool on) override;
    [[nodiscard]] QString place() const override;
    [[nodiscard]] QList<Backup> all() const override { return backupsOf(m_folder); }
    [[nodiscard]] bool isRunning() const override { return m_running; }
    [[nodiscard]] std::optional<Failure> trouble() const override { return m_trouble; }
    void backUpNow() override;

private:
    void look();
    void copy();
    void onCopied(const Result<qint64, store::StoreError> &outcome);
    void tell(const Failure &failure, store::StoreErrorKind kind);
    [[nodiscard]] Failure sentenceOf(const store::StoreError &error) const;
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
    std::optional<Failure> m_trouble;
    QDate m_toldOn;
    store::StoreErrorKind m_told = store::StoreErrorKind::StatementFailed;
};

} // namespace longcode::desk
