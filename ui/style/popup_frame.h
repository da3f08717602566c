#pragma once

#include <QFrame>

namespace longcode::style {

/// A small window over the others that goes away with the next click beside it: surface, and a border.
class PopupFrame : public QFrame {
    Q_OBJECT
public:
    explicit PopupFrame(QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace longcode::style
