#pragma once

#include "desk/schedule.h"

#include <QHash>
#include <QList>

#include <optional>

namespace longcode::tests {

/// A schedule in memory: takes what it is told at once, in the order of time, or answers as the test says.
class FakeSchedule final : public desk::Schedule {
    Q_OBJECT
public:
    /// Times are judged from `now`.
    explicit FakeSchedule(const QDateTime &now, QObject *parent = nullptr);

    [[nodiscard]] QAbstractItemModel &sends() override;
    [[nodiscard]] std::optional<Failure> obstacle(const QDateTime &at) const override;
    [[nodiscard]] bool wouldBeKeptHere(const QDateTime &at) const override;
    QFuture<Result<desk::MessageRow, desk::SendProblem>>
    schedule(desk::ConversationId id, const QString &text, const QDateTime &at) override;
    QFuture<Result<desk::MessageRow, desk::SendProblem>> change(desk::MessageRow message, const QString &text,
                                                                const QDateTime &at) override;
    QFuture<Result<bool, Failure>> cancel(desk::MessageRow message) override;
    QFuture<Result<desk::MessageRow, desk::SendProblem>> sendNow(desk::MessageRow message) override;

    /// What waits, in any order. Emits countChanged.
    void set(const QList<desk::ScheduledSend> &sends);
    [[nodiscard]] const QList<desk::ScheduledSend> &all() const;
    /// As the real one does when a time passed while it did not run.
    void miss(desk::MessageRow message);

    QDateTime now;
    std::optional<desk::SendProblem> problem; ///< schedule, change and sendNow answer it
    std::optional<Failure> cancelFailure;     ///< cancel answers it
    QList<desk::MessageRow> cancelled, sentNow;

private:
    class Model;
    [[nodiscard]] std::optional<desk::ScheduledSend> take(desk::MessageRow message);
    Model *m_model;
    qint64 m_nextRow = 900'000;
};

/// Four that wait: one at the API, one kept here, one being cancelled, one that was missed.
[[nodiscard]] QList<desk::ScheduledSend> sampleScheduledSends(const QDateTime &now);

} // namespace longcode::tests
