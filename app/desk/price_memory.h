#pragma once

#include "desk/outbox.h"

#include <QHash>

namespace longcode::store {
class Reader;
}

namespace longcode::desk {

/// The amount divided by `parts`, to six decimals, without binary floating point (D21). Nothing when the text
/// is no amount or there are no parts.
[[nodiscard]] std::optional<QString> dividedAmount(const QString &amount, int parts);

/// What a segment costs, learned from the account's own last messages of the same kind of sender and the same
/// country. Lives on the UI thread.
class PriceMemory {
public:
    explicit PriceMemory(store::Reader &reader) : m_reader(reader) {}

    [[nodiscard]] PriceEstimate estimate(const phone::Address &own, const phone::Address &peer) const;
    /// The same of a whole MMS.
    [[nodiscard]] PriceEstimate mmsEstimate(const phone::Address &own, const phone::Address &peer) const;
    /// New costs may be in the store.
    void forget() { m_known.clear(); }

private:
    enum class Kind : quint8 { Sms, Mms };
    [[nodiscard]] PriceEstimate learned(Kind kind, const phone::Address &own,
                                        const phone::Address &peer) const;

    store::Reader &m_reader;
    mutable QHash<QString, PriceEstimate> m_known; ///< by kind of message, of sender, and country
};

} // namespace longcode::desk
