#pragma once

#include "composer/figures.h"
#include "desk/canned.h"
#include "desk/team.h"

#include <QAbstractListModel>

namespace longcode::composer {

enum CannedRole {
    CannedReplyRole = Qt::UserRole + 1 /* desk::CannedReply */,
    CannedSegmentsRole, /* QString, "2 segments" */
    CannedTextRole      /* QString, filled in as far as the values are known */
};

/// The team's canned replies, those that contain every word of the filter. Lives on the UI thread; the team
/// outlives it.
class CannedModel final : public QAbstractListModel {
    Q_OBJECT
public:
    explicit CannedModel(desk::Team &team, QObject *parent = nullptr);

    /// Words of folder, title or text, in any order and case. Empty: all.
    void setFilter(const QString &filter);
    /// Only those of one folder; empty: all.
    void setFolder(const QString &folder);
    /// For whom the replies are filled in; without it they are shown as they stand.
    void setValues(const desk::CannedValues &values);
    /// All folders there are, in order.
    [[nodiscard]] QStringList folders() const;
    /// Whose segments are counted.
    void setTerms(const SenderTerms &terms);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    void refill();
    void figuresChanged();
    [[nodiscard]] desk::CannedExpansion filledIn(const desk::CannedReply &reply) const;
    [[nodiscard]] QString segmentsOf(const desk::CannedReply &reply) const;

    desk::Team &m_team;
    QString m_filter;
    QString m_folder;
    std::optional<desk::CannedValues> m_values;
    SenderTerms m_terms;
    QList<desk::CannedReply> m_shown;
};

/// The first line that is not empty, harmless, on one line.
[[nodiscard]] QString firstLine(const QString &text);

} // namespace longcode::composer

Q_DECLARE_METATYPE(longcode::desk::CannedReply)
