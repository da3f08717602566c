#pragma once

#include <QWidget>

namespace longcode::composer {

enum class FieldFill : quint8 { Field, Note };

/// A rounded field around a frameless editor or list, outlined in the accent while that has the keyboard.
/// UI thread.
class FieldFrame : public QWidget {
    Q_OBJECT
public:
    /// Takes `content` as its child.
    explicit FieldFrame(QWidget *content, QWidget *parent = nullptr);

    void setFill(FieldFill fill);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *m_content;
    FieldFill m_fill = FieldFill::Field;
};

} // namespace longcode::composer
