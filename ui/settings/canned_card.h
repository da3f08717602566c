#pragma once

#include "desk/team.h"

#include <QWidget>

#include <memory>
#include <optional>

class QLabel;
class QListView;
class QPushButton;

namespace longcode::composer {
class CannedModel;
}
namespace longcode::style {
class Banner;
}

namespace longcode::settings {

/// The canned replies, one's own or the team's, to be added to, changed and removed by those who may; hidden
/// from others. What was removed can be brought back by the bar below. Offers a set to begin with until each
/// of its texts is there. UI thread.
class CannedCard final : public QWidget {
    Q_OBJECT
public:
    explicit CannedCard(QWidget *parent = nullptr);
    ~CannedCard() override;

    /// Null: none. It must be taken away before it dies.
    void setTeam(desk::Team *team);

private:
    QWidget *buildList();
    QWidget *buildButtons();
    void refresh();
    void edit(const desk::CannedReply &reply);
    void remove();
    void undo();
    void addStarters();
    [[nodiscard]] std::optional<desk::CannedReply> selected() const;

    desk::Team *m_team = nullptr;
    std::optional<desk::CannedReply> m_removed;
    std::unique_ptr<composer::CannedModel> m_model;
    QListView *m_list = nullptr;
    QLabel *m_purpose = nullptr;
    QLabel *m_empty = nullptr;
    QWidget *m_frame = nullptr;
    style::Banner *m_undo = nullptr;
    QPushButton *m_add = nullptr;
    QPushButton *m_edit = nullptr;
    QPushButton *m_remove = nullptr;
    QPushButton *m_starters = nullptr;
};

} // namespace longcode::settings
