#pragma once

#include "composer/figures.h"
#include "desk/team.h"

#include <QAbstractListModel>

namespace longcode::composer {

enum CannedRole {
    CannedReplyRole = Qt::UserRole + 1 /* desk::CannedReply */,
    CannedSegmentsRole /* QString, "2 segments" */
};

/// The team's canned replies, those that contain every word of the filter. Lives on the UI thread; the team
/// outlives it.
class CannedModel final : public QAbstractListModel {
    Q_OBJECT
public:
    explicit CannedModel(desk::Team &team, QObject *parent = nullptr);

    /// Words of folder, title or text, in any order and case. Empty: all.
    void setFilter(const QString &filter);
    /// Whose segments are counted.
    void setTerms(const SenderTerms &terms);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    void refill();

    desk::Team &m_team;
    QString m_filter;
    SenderTerms m_terms;
    QList<desk::CannedReply> m_shown;
};

/// The first line that is not empty, harmless, on one line.
[[nodiscard]] QString firstLine(const QString &text);

} // namespace longcode::composer

Q_DECLARE_METATYPE(longcode::desk::CannedReply)
