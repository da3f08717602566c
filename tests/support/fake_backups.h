#pragma once

#include "desk/backups.h"

namespace longcode::tests {

/// Backups in memory: remembers what it was told; a backup runs until the test ends it.
class FakeBackups final : public desk::Backups {
    Q_OBJECT
public:
    using Backups::Backups;

    [[nodiscard]] bool isOn() const override { return on; }
    void setOn(bool wanted) override;
    [[nodiscard]] QString place() const override { return QStringLiteral("/home/ana/longcode/backups"); }
    [[nodiscard]] QList<desk::Backup> all() const override { return kept; }
    [[nodiscard]] bool isRunning() const override { return running; }
    [[nodiscard]] std::optional<Failure> trouble() const override { return lastTrouble; }
    void backUpNow() override;

    void finish(const desk::Backup &made);
    void fail(const Failure &why);

    bool on = true, running = false;
    QList<desk::Backup> kept;
    std::optional<Failure> lastTrouble;
};

} // namespace longcode::tests
