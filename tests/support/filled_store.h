#pragma once

#include <QByteArray>
#include <QString>

namespace longcode::tests {

/// What fillStore() writes. The first conversation is the big one; the rest of the messages are spread
/// evenly.
struct FillPlan {
    int conversations = 1;
    int messages = 100000;
    int inFirst = 100000; ///< of `messages`
    /// Every message whose number is a multiple of this holds the word "zirconium". 0: none.
    int rareWordEvery = 0;
    quint32 seed = 1;
};

/// The number of the n-th customer of a filled store: "+1415…".
[[nodiscard]] QString filledPeer(int conversation);
/// Our number in a filled store.
[[nodiscard]] QString filledOwn();

/// Makes `folder`/console.sqlite, through the store's own schema, with texts in many lengths, both directions
/// and all usual states. Past rows a second matter more here than durability: not safe against a crash.
/// False: it failed, and a warning says why.
bool fillStore(const QString &folder, const FillPlan &plan);

/// Everything the store in `folder` knows, in an order and with keys that depend on content alone (row
/// numbers left out), one line a row. Two stores that hold the same are equal byte by byte.
[[nodiscard]] QByteArray dumpStore(const QString &folder);

} // namespace longcode::tests
