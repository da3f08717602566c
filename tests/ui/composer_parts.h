#pragma once

#include "composer/composer.h"
#include "composer/habits.h"
#include "support/fake_desk.h"
#include "support/manual_clock.h"
#include "ui/gui_test.h"

#include <memory>

namespace longcode::tests {

/// What a composer needs, over fakes: two profiles with three senders, and a team of one.
struct ComposerParts {
    explicit ComposerParts(const QString &habitsFile = {}) : habits(habitsFile) {
        desk.account.setSenders(sandboxSenders());
    }
    [[nodiscard]] composer::ComposerServices plain() { return {outbox, desk.account, team, clock, habits}; }
    /// With sending later, and the list of opt-outs.
    [[nodiscard]] composer::ComposerServices whole() {
        return {outbox, desk.account, team, clock, habits, &schedule, &optOuts};
    }

    ManualClock clock;
    SampleDesk desk;
    FakeOutbox outbox;
    FakeTeam team{&desk.inbox};
    FakeSchedule schedule{clock.now()};
    FakeOptOuts optOuts;
    composer::Habits habits;
};

/// A customer in New York, who speaks English.
inline desk::Conversation newYorker(qint64 id, const QString &name = QStringLiteral("Maria Keller")) {
    desk::Conversation made;
    made.id = desk::ConversationId{id};
    made.peer = phone::fromWire(QStringLiteral("+1212555018%1").arg(id));
    made.own = phone::fromWire(QStringLiteral("+14155550100"));
    made.name = name;
    made.language = QStringLiteral("en-US");
    return made;
}

} // namespace longcode::tests
