#include "support/fake_opt_outs.h"

namespace longcode::tests {

class FakeOptOuts::Model final : public QAbstractListModel {
public:
    using QAbstractListModel::QAbstractListModel;
    [[nodiscard]] int rowCount(const QModelIndex &parent) const override {
        return parent.isValid() ? 0 : static_cast<int>(m_sends.size());
    }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override {
        if (!index.isValid() || index.row() >= m_sends.size())
            return {};
        const desk::SuppressedSend &send = m_sends.at(index.row());
        if (role == desk::SuppressedSendRole)
            return QVariant::fromValue(send);
        return role == Qt::AccessibleTextRole || role == Qt::DisplayRole ? QVariant(send.reason) : QVariant();
    }
    void set(const QList<desk::SuppressedSend> &sends) {
        beginResetModel();
        m_sends = sends;
        endResetModel();
    }

private:
    QList<desk::SuppressedSend> m_sends;
};

FakeOptOuts::FakeOptOuts(QObject *parent) : OptOuts(parent), m_model(new Model(this)) {}

std::optional<desk::Block> FakeOptOuts::block(desk::ConversationId id) const {
    const auto found = m_blocks.constFind(id);
    return found == m_blocks.cend() ? std::nullopt : std::optional(*found);
}

void FakeOptOuts::synchronise() {
    ++synchronisations;
    m_synchronising = true;
    Q_EMIT synchronisationChanged();
}

QAbstractItemModel &FakeOptOuts::suppressed() {
    return *m_model;
}

void FakeOptOuts::setBlock(desk::ConversationId id, const std::optional<desk::Block> &block) {
    if (block)
        m_blocks.insert(id, *block);
    else
        m_blocks.remove(id);
    Q_EMIT blockChanged(id);
}

void FakeOptOuts::endSynchronisation(const QDateTime &at, int listed, const Failure &trouble) {
    m_synchronising = false;
    m_trouble = trouble;
    if (trouble.what.isEmpty()) {
        m_at = at;
        m_listed = listed;
    }
    Q_EMIT synchronisationChanged();
}

void FakeOptOuts::setSuppressed(const QList<desk::SuppressedSend> &sends) {
    m_model->set(sends);
}

desk::Block sampleBlock(desk::BlockKind kind, const QDateTime &since) {
    desk::Block block;
    block.kind = kind;
    block.since = since;
    block.keyword = QStringLiteral("STOP");
    block.profileName = QStringLiteral("Sales");
    block.title = QStringLiteral("Maria Keller opted out");
    switch (kind) {
    case desk::BlockKind::Keyword:
        block.what =
            QStringLiteral("Maria Keller (+1 212-555-0188) answered “STOP” on 3/5/26 6:12 PM. She gets "
                           "no texts from any number of the messaging profile “Sales”.");
        block.howLifted =
            QStringLiteral("Only she can lift this, by texting START or UNSTOP to +1 415-555-0100.");
        break;
    case desk::BlockKind::Listed:
        block.what =
            QStringLiteral("Telnyx lists an opt-out of +1 212-555-0188 from the messaging profile “Sales” "
                           "since 3/5/26 6:12 PM.");
        block.howLifted = QStringLiteral("Only the customer can lift this, by texting START or UNSTOP to "
                                         "+1 415-555-0100.");
        break;
    case desk::BlockKind::TollFree:
        block.what =
            QStringLiteral("Maria Keller (+1 212-555-0188) answered “STOP” to +1 888-555-0142 on 3/5/26 "
                           "6:12 PM. The toll-free network blocks this one number of ours for her.");
        block.howLifted =
            QStringLiteral("The network lifts it when she texts UNSTOP or START to +1 888-555-0142 "
                           "from her phone. Neither we nor Telnyx can.");
        break;
    }
    return block;
}

} // namespace longcode::tests
