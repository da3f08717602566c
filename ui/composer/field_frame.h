#pragma once

#include <QWidget>

namespace longcode::composer {

/// A rounded field around a frameless editor or list, outlined in the accent while that has the keyboard.
/// UI thread.
class FieldFrame : public QWidget {
    Q_OBJECT
public:
    /// Takes `content` as its child.
    explicit FieldFrame(QWidget *content, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *m_content;
};

} // namespace longcode::composer
