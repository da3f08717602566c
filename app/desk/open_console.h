#pragma once

#include "desk/console.h"
#include "desk/inbox_live.h"
#include "desk/live_account.h"
#include "desk/live_address_book.h"
#include "desk/live_alerts.h"
#include "desk/live_backups.h"
#include "desk/live_diagnoses.h"
#include "desk/live_opt_outs.h"
#include "desk/live_relay_health.h"
#include "desk/live_schedule.h"
#include "desk/live_search.h"
#include "desk/live_team.h"
#include "desk/live_transcripts.h"
#include "desk/live_triage.h"
#include "desk/own_relay.h"
#include "desk/relay_link.h"
#include "desk/sandbox_session.h"
#include "desk/send_queue.h"
#include "desk/store_sink.h"
#include "desk/stored_outbox.h"
#include "store/reader.h"
#include "store/store.h"
#include "telnyx/telnyx.h"

#include <QLockFile>

namespace longcode::desk {

/// A profile folder that is locked, and its store.
struct OpenFolder {
    std::unique_ptr<QLockFile> lock;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<store::Reader> reader;
};

/// What a folder without a store, but with backups of one, means.
enum class MissingStore : quint8 { BeginsAnew, IsRefused };

/// Locks the folder and opens its store on a thread of its own: bringing an older one up to date and looking
/// for a usable backup take their time. The reader is left to the thread that will read.
[[nodiscard]] QFuture<Result<std::shared_ptr<OpenFolder>, Failure>> openFolder(const ProfileFolder &folder,
                                                                               MissingStore missing);

/// The one real console: joins store, API client, relay link and outbox. Lives on the main thread and owns
/// all of them; members are declared in the order they need each other.
class OpenConsole final : public Console {
    Q_OBJECT
public:
    /// `path`: the profile's folder.
    OpenConsole(OpenFolder folder, const ProfileFolder &path, const AccountFacts &facts, telnyx::Settings api,
                const Services &services);
    ~OpenConsole() override;

    [[nodiscard]] Inbox &inbox() override { return m_inbox; }
    [[nodiscard]] Outbox &outbox() override { return m_outbox; }
    [[nodiscard]] Account &account() override { return m_account; }
    [[nodiscard]] Team &team() override { return m_team; }
    [[nodiscard]] RelayHealth &relayHealth() override { return m_health; }
    [[nodiscard]] Triage &triage() override { return m_triage; }
    [[nodiscard]] Search &search() override { return m_search; }
    [[nodiscard]] Schedule &schedule() override { return m_schedule; }
    [[nodiscard]] OptOuts &optOuts() override { return m_optOuts; }
    [[nodiscard]] Diagnoses &diagnoses() override { return m_diagnoses; }
    [[nodiscard]] AddressBook &addressBook() override { return m_addressBook; }
    [[nodiscard]] Transcripts &transcripts() override { return m_transcripts; }
    [[nodiscard]] Alerts &alerts() override { return m_alerts; }
    [[nodiscard]] Backups &backups() override { return m_backups; }
    void close() override;

    [[nodiscard]] store::Store &store() { return *m_folder.store; }
    /// Null: this is an account of its own.
    [[nodiscard]] SandboxSession *sandbox() { return m_sandbox.get(); }

    /// A relay that runs somewhere.
    void useRelay(const RelayEndpoint &endpoint);
    /// A relay of this console's own; started here.
    void useRelay(std::unique_ptr<OwnRelay> relay);
    /// A running sandbox with its relay.
    void useSandbox(std::unique_ptr<SandboxSession> sandbox, const RelayEndpoint &relay);

private:
    void begin();
    void nameConsole();
    void joinTeam();
    void joinDesk();
    void onRelayStatus();

    OpenFolder m_folder;
    QUrl m_apiBase;
    telnyx::Client m_client;
    StoreSink m_sink;
    RelayLink m_link;
    LiveAccount m_account;
    SendQueue m_queue;
    StoredOutbox m_outbox;
    LiveInbox m_inbox;
    LiveTeam m_team;
    LiveRelayHealth m_health;
    LiveTriage m_triage;
    LiveSearch m_search;
    LiveSchedule m_schedule;
    LiveOptOuts m_optOuts;
    LiveDiagnoses m_diagnoses;
    LiveAddressBook m_addressBook;
    LiveTranscripts m_transcripts;
    LiveAlerts m_alerts;
    LiveBackups m_backups;
    std::unique_ptr<OwnRelay> m_relay;
    std::unique_ptr<SandboxSession> m_sandbox;
    bool m_closed = false;
};

} // namespace longcode::desk
