#pragma once

#include "composer/composer_edit.h"

class QCompleter;
class QStringListModel;

namespace longcode::composer {

/// The field a note is written in. Behind an "@" it offers the names of colleagues; Enter or Tab takes the
/// one chosen. UI thread; owned by its parent.
class NoteEdit final : public ComposerEdit {
    Q_OBJECT
public:
    explicit NoteEdit(QWidget *parent = nullptr);

    void setNames(const QStringList &names);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void offerNames();
    void complete(const QString &name);

    QStringListModel *m_names;
    QCompleter *m_completer;
};

} // namespace longcode::composer
