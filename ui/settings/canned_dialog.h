#pragma once

#include "desk/team.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace longcode::settings {

/// Folder, title and text of one canned reply. Window-modal; deletes itself when closed. UI thread.
class CannedDialog final : public QDialog {
    Q_OBJECT
public:
    /// An empty id makes a new one. `folders`: those that exist, to choose from.
    CannedDialog(const desk::CannedReply &reply, const QStringList &folders, QWidget *parent = nullptr);

Q_SIGNALS:
    void saved(const longcode::desk::CannedReply &reply);

private:
    void build(const QStringList &folders);
    void changed();
    void save();

    desk::CannedReply m_reply;
    QComboBox *m_folder;
    QLineEdit *m_title;
    QPlainTextEdit *m_text;
    QLabel *m_segments;
    QLabel *m_variables;
    QLabel *m_trap;
    QPushButton *m_save;
};

} // namespace longcode::settings
