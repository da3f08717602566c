#pragma once

#include <QLayout>

namespace longcode::style {

/// Places widgets one after the other and goes on in a new line where there is no more room; mirrored when
/// the interface is. Owns its items. UI thread.
class FlowLayout final : public QLayout {
public:
    /// Pixels between items and between lines.
    explicit FlowLayout(int spacing, QWidget *parent = nullptr);
    ~FlowLayout() override;

    void addItem(QLayoutItem *item) override;
    [[nodiscard]] int count() const override { return int(m_items.size()); }
    [[nodiscard]] QLayoutItem *itemAt(int index) const override { return m_items.value(index); }
    QLayoutItem *takeAt(int index) override;
    [[nodiscard]] Qt::Orientations expandingDirections() const override { return {}; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override { return minimumSize(); }
    [[nodiscard]] QSize minimumSize() const override;
    void setGeometry(const QRect &rect) override;

private:
    enum class Pass : quint8 { Measure, Place };
    int flow(const QRect &rect, Pass pass) const;

    QList<QLayoutItem *> m_items;
};

} // namespace longcode::style
