#include "support/fake_backups.h"

namespace longcode::tests {

void FakeBackups::setOn(bool wanted) {
    on = wanted;
    Q_EMIT changed();
}

void FakeBackups::backUpNow() {
    running = true;
    Q_EMIT changed();
}

void FakeBackups::finish(const desk::Backup &made) {
    running = false;
    lastTrouble.reset();
    kept.prepend(made);
    Q_EMIT changed();
}

void FakeBackups::fail(const Failure &why) {
    running = false;
    lastTrouble = why;
    Q_EMIT changed();
    Q_EMIT failed(why);
}

} // namespace longcode::tests
