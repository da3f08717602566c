#pragma once

#include "desk/team.h"

#include <QWidget>

namespace longcode::style {
class ElidedLabel;
}

namespace longcode::team {

/// "Anna is answering…", "Anna and Ben are viewing"; empty for nobody. Those answering come first.
[[nodiscard]] QString presenceWords(const QList<desk::Colleague> &colleagues);

/// Says above the composer who else is in the conversation. Keeps its place while nobody is, so that nothing
/// jumps; takes none with one person. The team outlives it. UI thread.
class PresenceLine final : public QWidget {
    Q_OBJECT
public:
    explicit PresenceLine(desk::Team &team, QWidget *parent = nullptr);

    /// An invalid id shows nobody.
    void show(desk::ConversationId id);
    using QWidget::show;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();

    desk::Team &m_team;
    desk::ConversationId m_id;
    bool m_answering = false;
    style::ElidedLabel *m_words;
};

} // namespace longcode::team
