#pragma once

#include "inbox/conversation_list_pane.h"
#include "support/fake_desk.h"
#include "support/fake_schedule.h"
#include "support/fake_search.h"
#include "support/fake_triage.h"
#include "ui/inbox_window.h"

namespace longcode::tests {

/// What the list of conversations needs, over a sample.
struct ListParts {
    explicit ListParts(SampleDesk &desk) : sample(desk), triage(&desk.inbox), schedule(sampleNow()) {}
    [[nodiscard]] inbox::ListDesk desk() {
        return {sample.inbox, sample.account, team, triage, search, schedule, clock};
    }
    SampleDesk &sample;
    SampleClock clock;
    FakeTeam team{&sample.inbox};
    FakeTriage triage;
    FakeSearch search;
    FakeSchedule schedule;
};

} // namespace longcode::tests
