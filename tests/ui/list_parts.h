#pragma once

#include "inbox/conversation_list_pane.h"
#include "support/fake_desk.h"
#include "support/sample_clock.h"
#include "ui/gui_test.h"

#include <memory>

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

/// The pane of the list by itself, for a test to be inherited beside QObject.
class ListPaneTest {
protected:
    /// Everything anew, shown with the keyboard.
    [[nodiscard]] bool showPane(const QSize &size = QSize(320, 700)) {
        dropPane();
        m_desk = std::make_unique<SampleDesk>();
        m_parts = std::make_unique<ListParts>(*m_desk);
        m_pane = std::make_unique<inbox::ConversationListPane>(m_parts->desk());
        m_pane->resize(size);
        m_pane->show();
        m_pane->activateWindow();
        return QTest::qWaitForWindowActive(m_pane.get());
    }
    void dropPane() {
        m_pane.reset();
        m_parts.reset();
        m_desk.reset();
    }
    template <typename Widget>
    Widget *find(const char *name) const {
        return m_pane->findChild<Widget *>(QLatin1String(name));
    }

    std::unique_ptr<SampleDesk> m_desk;
    std::unique_ptr<ListParts> m_parts;
    std::unique_ptr<inbox::ConversationListPane> m_pane;
};

} // namespace longcode::tests
