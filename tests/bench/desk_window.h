#pragma once

#include "bench/stores.h"
#include "desk/inbox_live.h"
#include "inbox/conversation_list.h"
#include "inbox/conversation_view.h"
#include "store/reader.h"
#include "store/store.h"

#include <QElapsedTimer>
#include <QWidget>

#include <memory>

class QApplication;

namespace longcode::bench {

/// The list and a conversation beside it, over a store, in a window of the usual size. Needs a QApplication.
class DeskWindow {
public:
    DeskWindow(const MeasuredStore &store, const Clock &clock);

    [[nodiscard]] store::Store &store() { return *m_store; }
    [[nodiscard]] desk::LiveInbox &inbox() { return *m_inbox; }
    [[nodiscard]] inbox::ConversationView &view() { return *m_view; }
    [[nodiscard]] inbox::ConversationList &list() { return *m_list; }
    [[nodiscard]] QWidget &window() { return m_window; }
    [[nodiscard]] desk::ConversationId longConversation();
    /// The n-th of the list.
    [[nodiscard]] desk::ConversationId conversation(int row);
    /// Milliseconds until it is laid out and painted.
    [[nodiscard]] double openMs(desk::ConversationId id);

private:
    std::unique_ptr<store::Store> m_store;
    std::unique_ptr<store::Reader> m_reader;
    std::unique_ptr<desk::LiveInbox> m_inbox;
    QWidget m_window;
    inbox::ConversationList *m_list;
    inbox::ConversationView *m_view;
};

/// A QApplication with the console's look, offscreen unless the environment says otherwise.
[[nodiscard]] std::unique_ptr<QApplication> makeApplication(int &argc, char **argv);

} // namespace longcode::bench
