#include "support/fake_schedule.h"

#include <algorithm>

namespace longcode::tests {

namespace {

template <typename T>
QFuture<T> ready(const T &value) {
    QPromise<T> promise;
    promise.start();
    promise.addResult(value);
    promise.finish();
    return promise.future();
}

using Sent = Result<desk::MessageRow, desk::SendProblem>;

} // namespace

class FakeSchedule::Model final : public QAbstractListModel {
public:
    using QAbstractListModel::QAbstractListModel;
    [[nodiscard]] int rowCount(const QModelIndex &parent) const override {
        return parent.isValid() ? 0 : static_cast<int>(sends.size());
    }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override {
        if (!index.isValid() || index.row() >= sends.size())
            return {};
        const desk::ScheduledSend &send = sends.at(index.row());
        if (role == desk::ScheduledSendRole)
            return QVariant::fromValue(send);
        return role == Qt::AccessibleTextRole || role == Qt::DisplayRole ? QVariant(send.text) : QVariant();
    }
    void set(QList<desk::ScheduledSend> wanted) {
        std::stable_sort(
            wanted.begin(), wanted.end(),
            [](const desk::ScheduledSend &a, const desk::ScheduledSend &b) { return a.at < b.at; });
        beginResetModel();
        sends = std::move(wanted);
        endResetModel();
    }

    QList<desk::ScheduledSend> sends;
};

FakeSchedule::FakeSchedule(const QDateTime &judgedFrom, QObject *parent)
    : Schedule(parent), now(judgedFrom), m_model(new Model(this)) {}

QAbstractItemModel &FakeSchedule::sends() {
    return *m_model;
}

std::optional<Failure> FakeSchedule::obstacle(const QDateTime &at) const {
    if (at >= now.addSecs(std::chrono::seconds(soonest).count()))
        return std::nullopt;
    return Failure{QStringLiteral("A text can be scheduled from 5 minutes ahead on."),
                   QStringLiteral("Choose a later time, or send it now.")};
}

bool FakeSchedule::wouldBeKeptHere(const QDateTime &at) const {
    return at > now.addSecs(std::chrono::seconds(furthestAtApi).count());
}

QFuture<Sent> FakeSchedule::schedule(desk::ConversationId id, const QString &text, const QDateTime &at) {
    if (problem)
        return ready<Sent>(failed(*problem));
    desk::ScheduledSend send;
    send.message = desk::MessageRow{m_nextRow++};
    send.conversation = id;
    send.text = text;
    send.at = at;
    send.keptHere = wouldBeKeptHere(at);
    set(m_model->sends + QList<desk::ScheduledSend>{send});
    return ready<Sent>(send.message);
}

QFuture<Sent> FakeSchedule::change(desk::MessageRow message, const QString &text, const QDateTime &at) {
    if (problem)
        return ready<Sent>(failed(*problem));
    auto send = take(message);
    if (!send)
        return ready<Sent>(failed(desk::SendProblem{desk::SendProblemKind::ConversationUnknown, {}}));
    send->message = desk::MessageRow{m_nextRow++};
    send->text = text;
    send->at = at;
    send->keptHere = wouldBeKeptHere(at);
    send->missed = false;
    set(m_model->sends + QList<desk::ScheduledSend>{*send});
    return ready<Sent>(send->message);
}

QFuture<Result<bool, Failure>> FakeSchedule::cancel(desk::MessageRow message) {
    using Cancelled = Result<bool, Failure>;
    if (cancelFailure)
        return ready<Cancelled>(failed(*cancelFailure));
    cancelled.append(message);
    static_cast<void>(take(message));
    Q_EMIT countChanged();
    return ready<Cancelled>(true);
}

QFuture<Sent> FakeSchedule::sendNow(desk::MessageRow message) {
    if (problem)
        return ready<Sent>(failed(*problem));
    sentNow.append(message);
    static_cast<void>(take(message));
    Q_EMIT countChanged();
    return ready<Sent>(desk::MessageRow{m_nextRow++});
}

void FakeSchedule::set(const QList<desk::ScheduledSend> &sends) {
    m_model->set(sends);
    Q_EMIT countChanged();
}

const QList<desk::ScheduledSend> &FakeSchedule::all() const {
    return m_model->sends;
}

void FakeSchedule::miss(desk::MessageRow message) {
    QList<desk::ScheduledSend> sends = m_model->sends;
    for (desk::ScheduledSend &send : sends) {
        if (send.message != message)
            continue;
        send.missed = true;
        set(sends);
        Q_EMIT missed(send);
        return;
    }
}

std::optional<desk::ScheduledSend> FakeSchedule::take(desk::MessageRow message) {
    QList<desk::ScheduledSend> sends = m_model->sends;
    for (qsizetype i = 0; i < sends.size(); ++i) {
        if (sends.at(i).message != message)
            continue;
        const desk::ScheduledSend taken = sends.takeAt(i);
        m_model->set(sends);
        return taken;
    }
    return std::nullopt;
}

QList<desk::ScheduledSend> sampleScheduledSends(const QDateTime &now) {
    const auto send = [&](qint64 row, qint64 conversation, const char *peer, const QString &name,
                          const QString &text, qint64 seconds) {
        desk::ScheduledSend made;
        made.message = desk::MessageRow{row};
        made.conversation = desk::ConversationId{conversation};
        made.peer = phone::fromWire(QLatin1String(peer));
        made.own = phone::fromWire(QStringLiteral("+14155550100"));
        made.name = name;
        made.text = text;
        made.at = now.addSecs(seconds);
        return made;
    };
    auto atApi = send(900'101, 1, "+12125550188", QStringLiteral("Maria Keller"),
                      QStringLiteral("Reminder: your appointment is tomorrow at 10 AM."), 3 * 3600);
    auto here = send(900'102, 2, "+13125550147", {},
                     QStringLiteral("Your order has been waiting for a week. Shall we keep it?"), 9 * 86'400);
    here.keptHere = true;
    auto cancelling = send(900'103, 3, "+16175550133", QStringLiteral("Yusuf Öztürk"),
                           QStringLiteral("We are open from 9 on Monday."), 26 * 3600);
    cancelling.beingCancelled = true;
    auto missed = send(900'104, 4, "+12065550166", QStringLiteral("Ana Souza"),
                       QStringLiteral("We are on our way, 20 minutes to go."), -2 * 3600);
    missed.keptHere = true;
    missed.missed = true;
    return {missed, atApi, cancelling, here};
}

} // namespace longcode::tests
