#pragma once

#include <QAbstractButton>

namespace longcode::style {

/// A pill that is on or off: a filter, a choice among few. Checkable; put several into a QButtonGroup.
/// Arrow keys, space and click work as on any button.
class Chip final : public QAbstractButton {
    Q_OBJECT
public:
    explicit Chip(const QString &text, QWidget *parent = nullptr);

    /// The figure behind the words ("Open 34"); nothing is shown for a negative one.
    void setCount(int count);
    [[nodiscard]] int count() const { return m_count; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QString words() const;
    [[nodiscard]] QFont chipFont() const;

    int m_count = -1;
};

} // namespace longcode::style
