#include "store/operations.h"

#include "store/rows.h"
#include "store/write_session.h"

namespace longcode::store {

Status replaceSenders(WriteSession &session, const QList<SenderRecord> &senders) {
    Connection &connection = session.connection();
    if (senderRecords(connection) == senders)
        return {};
    Statement(connection, "DELETE FROM senders").run();
    int position = 0;
    for (const SenderRecord &sender : senders)
        Statement(connection,
                  "INSERT INTO senders(address, position, profile_id, profile_name, kind, smart_encoding,"
                  " profile_enabled, success_ratio) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(address) DO "
                  "NOTHING",
                  sender.address, position++, sender.profileId, sender.profileName, sender.kind,
                  sender.smartEncoding, sender.profileEnabled, sender.successRatio)
            .run();
    session.noteSenders();
    touchPeersWithBlocks(session);
    return {};
}

Status setFact(WriteSession &session, const QString &name, const QString &value) {
    if (value.isEmpty())
        Statement(session.connection(), "DELETE FROM facts WHERE name = ?", name).run();
    else
        Statement(session.connection(),
                  "INSERT INTO facts(name, value) VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET value = "
                  "excluded.value",
                  name, value)
            .run();
    return {};
}

} // namespace longcode::store
