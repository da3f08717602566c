#pragma once

#include "desk/opt_outs.h"

#include <QHash>
#include <QList>

namespace longcode::tests {

/// Opt-outs as the test sets them; a synchronisation ends when the test says so.
class FakeOptOuts final : public desk::OptOuts {
    Q_OBJECT
public:
    explicit FakeOptOuts(QObject *parent = nullptr);

    [[nodiscard]] std::optional<desk::Block> block(desk::ConversationId id) const override;
    void synchronise() override;
    [[nodiscard]] bool isSynchronising() const override { return m_synchronising; }
    [[nodiscard]] QDateTime synchronisedAt() const override { return m_at; }
    [[nodiscard]] int listed() const override { return m_listed; }
    [[nodiscard]] Failure trouble() const override { return m_trouble; }
    [[nodiscard]] QAbstractItemModel &suppressed() override;

    /// Nothing: it is lifted.
    void setBlock(desk::ConversationId id, const std::optional<desk::Block> &block);
    /// Ends a synchronisation: with so many, or with a trouble.
    void endSynchronisation(const QDateTime &at, int listed, const Failure &trouble = {});
    /// Newest first.
    void setSuppressed(const QList<desk::SuppressedSend> &sends);

    int synchronisations = 0; ///< asked for

private:
    class Model;
    QHash<desk::ConversationId, desk::Block> m_blocks;
    Model *m_model;
    bool m_synchronising = false;
    QDateTime m_at;
    int m_listed = 0;
    Failure m_trouble;
};

/// A block of each kind, with sentences as the real one makes them.
[[nodiscard]] desk::Block sampleBlock(desk::BlockKind kind, const QDateTime &since);

} // namespace longcode::tests
