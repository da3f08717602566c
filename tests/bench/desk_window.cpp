#include "bench/desk_window.h"

#include "inbox/conversation_delegate.h"
#include "support/filled_store.h"

#include <QApplication>
#include <QHBoxLayout>

namespace longcode::bench {

DeskWindow::DeskWindow(const MeasuredStore &store, const Clock &clock) {
    auto opened = store::Store::open(store.folder);
    if (!opened)
        qFatal("%s", qUtf8Printable(opened.error().detail));
    m_store = std::move(*opened);
    m_reader = std::move(*m_store->openReader());
    m_inbox = std::make_unique<desk::LiveInbox>(*m_store, *m_reader, clock);
    m_list = new inbox::ConversationList(&m_window);
    m_list->setItemDelegate(new inbox::ConversationDelegate(
        clock,
        {[] { return phone::Region{QStringLiteral("US")}; }, [] { return false; },
         [](desk::ConversationId) { return false; }, [](desk::ConversationId) { return QDateTime(); }},
        m_list));
    m_list->setModel(&m_inbox->conversations());
    m_view = new inbox::ConversationView(*m_inbox, clock, &m_window);
    auto *row = new QHBoxLayout(&m_window);
    row->addWidget(m_list, 1);
    row->addWidget(m_view, 2);
    m_window.resize(1100, 760);
    m_window.show();
    m_window.grab(); // fonts are loaded, everything has its size
}

desk::ConversationId DeskWindow::conversation(int row) {
    return {m_inbox->conversations().index(row, 0).data(desk::ConversationIdRole).toLongLong()};
}

desk::ConversationId DeskWindow::longConversation() {
    const auto found = m_reader->find({tests::filledPeer(0), tests::filledOwn()});
    return {found ? found->value : 0};
}

double DeskWindow::openMs(desk::ConversationId id) {
    QElapsedTimer timer;
    timer.start();
    m_view->open(id);
    m_view->grab();
    return double(timer.nsecsElapsed()) / 1e6;
}

std::unique_ptr<QApplication> makeApplication(int &argc, char **argv) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    return std::make_unique<QApplication>(argc, argv);
}

} // namespace longcode::bench
